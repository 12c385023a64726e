using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Transformers.Tests.Models;

/// <summary>Against PyTorch: tests/Oracles/transformer_golden.py.</summary>
public sealed class GoldenTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_layer_with_ReLU_and_no_norm_agrees_with_PyTorch(bool fold) => Compare(
        "one_layer_relu",
        new TaskOptions { Modulus = 11 },
        new TransformerOptions { ModelWidth = 16, Heads = 2, HeadWidth = 8, MlpWidth = 40 },
        new AdamSettings(1e-3f, 0.9f, 0.98f, 1e-8f, 1f),
        fold);

    [Fact]
    public void Two_layers_with_GELU_norm_and_all_biases_agree_with_PyTorch() => Compare(
        "two_layers_gelu_norm",
        new TaskOptions { Modulus = 7, Format = "bos_a_op_b_equals" },
        new TransformerOptions
        {
            Layers = 2,
            ModelWidth = 12,
            Heads = 2,
            HeadWidth = 6,
            MlpWidth = 20,
            Activation = "gelu",
            LayerNorm = true,
            Biases = "all",
        },
        new AdamSettings(3e-3f, 0.9f, 0.98f, 1e-5f, 0.5f));

    private static void Compare(string name, TaskOptions task, TransformerOptions options, AdamSettings adam, bool fold = false)
    {
        var golden = SafetensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Oracles", "transformers", name + ".safetensors")).Tensors;
        var model = new Transformer(ArithmeticTask.From(task), options);
        foreach (var tensor in model.Parameters.Tensors)
        {
            Assert.Equal(tensor.Shape.Select(size => (long)size), golden["initial." + tensor.Name].Shape);
            golden["initial." + tensor.Name].ToSingles().CopyTo(tensor.Values.AsSpan());
        }

        var step = new OptimiserStep(model, Workers.Alone, fold);
        int[] inputs = [.. golden["inputs"].ToInt64s().Select(input => (int)input)];
        step.Bind(inputs);
        step.Forward();
        float[] logits = [.. inputs.SelectMany(input => step.Logits.Row(Array.IndexOf(step.Inputs, input)).ToArray())];
        Near(golden["logits"], logits, "logits");
        var loss = step.Backward();
        Assert.InRange(loss / golden["loss"].ToDoubles()[0], 1 - Tolerance, 1 + Tolerance);
        foreach (var gradient in step.Gradients.Tensors)
        {
            // Softmax does not see a shift of all scores: the gradient of b_K is rounding, here and there.
            var scale = gradient.Name.EndsWith("b_K", StringComparison.Ordinal)
                ? Norm(golden["gradient.blocks.0.attn.b_Q"].ToDoubles())
                : 0;
            Near(golden["gradient." + gradient.Name], gradient.Values.AsSpan(), gradient.Name, scale);
        }

        step.Update(adam, maximumGradientNorm: 0);
        var losses = new List<double> { loss };
        while (losses.Count < 10)
        {
            step.Forward();
            losses.Add(step.Backward());
            step.Update(adam, maximumGradientNorm: 0);
        }

        Assert.All(
            losses.Zip(golden["losses"].ToDoubles()), pair => Assert.InRange(pair.First / pair.Second, 1 - Tolerance, 1 + Tolerance));
        foreach (var tensor in model.Parameters.Tensors)
        {
            Near(golden["after." + tensor.Name], tensor.Values.AsSpan(), tensor.Name);
        }
    }

    // Norm of the difference, relative to the norm of what is expected.
    private static void Near(NamedTensor expected, ReadOnlySpan<float> actual, string name, double scale = 0)
    {
        var values = expected.ToDoubles();
        var difference = actual.ToArray().Zip(values, (a, b) => a - b).ToArray();
        Assert.Equal(values.Length, actual.Length);
        var error = Norm(difference) / Math.Max(Norm(values), scale);
        Assert.True(error < Tolerance, $"{name}: relative error {error}");
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
