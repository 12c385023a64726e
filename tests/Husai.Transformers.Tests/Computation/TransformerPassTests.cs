using Husai.Numerics.Kernels;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation;
using Husai.Transformers.Computation.Folded;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Computation;

public sealed class TransformerPassTests
{
    // Forward in single precision against double: a chain of about 100 roundings of 6e-8.
    private const double LogitTolerance = 2e-5;

    // Central differences in double have an error of about h^2 = 1e-8; the rest is single precision.
    private const double Step = 1e-4;
    private const double GradientTolerance = 1e-4;

    public static TheoryData<string> Variants => ModelVariants.Names;

    [Theory]
    [MemberData(nameof(Variants))]
    public void Logits_agree_with_the_plain_model(string variant)
    {
        var model = ModelVariants.Build(variant);
        var reference = new ReferenceTransformer(model);
        var logits = model.Logits();

        for (var input = 0; input < model.Task.Inputs; input++)
        {
            var expected = reference.Logits(input);
            for (var c = 0; c < expected.Length; c++)
            {
                Assert.Equal(expected[c], logits[input, c], LogitTolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gradients_agree_with_finite_differences(string variant)
    {
        var model = ModelVariants.Build(variant);
        var inputs = DataSplit.Random(model.Task.Inputs, 0.4, seed: 5).Train;
        if (FoldedPass.Applies(model.Options, model.Task))
        {
            CompareWithDifferences(model, inputs, Gradients(model, inputs, Workers.Alone, folded: true));
        }

        CompareWithDifferences(model, inputs, Gradients(model, inputs, Workers.Alone));
    }

    [Theory]
    [InlineData("one layer, ReLU, MLP biases")]
    [InlineData("one layer, GELU, all biases, five tokens, tied")]
    public void A_folded_pass_gives_the_same_logits(string variant)
    {
        var model = ModelVariants.Build(variant);
        var pass = new FoldedPass(model.Options, model.Parameters, gradients: null, Workers.Alone);
        pass.Bind(SequencePlan.ForPrediction(model.Task, model.AllInputs(), 1));
        var (folded, logits) = (pass.Forward(), model.Logits());

        for (var input = 0; input < logits.Rows; input++)
        {
            Assert.All(
                folded.Row(input).ToArray().Zip(logits.Row(input).ToArray()),
                pair => Assert.Equal(pair.Second, pair.First, LogitTolerance));
        }
    }

    private static void CompareWithDifferences(Transformer model, int[] inputs, TransformerParameters gradients)
    {
        var reference = new ReferenceTransformer(model);

        foreach (var tensor in gradients.Tensors)
        {
            var weights = reference[tensor.Name];
            for (var i = 0; i < weights.Length; i += Math.Max(1, weights.Length / 10))
            {
                var original = weights[i];
                weights[i] = original + Step;
                var above = reference.MeanLoss(inputs);
                weights[i] = original - Step;
                var below = reference.MeanLoss(inputs);
                weights[i] = original;
                var actual = tensor.Values.AsSpan()[i];
                Assert.True(
                    Math.Abs(((above - below) / (2 * Step)) - actual) < GradientTolerance,
                    $"{tensor.Name}[{i}]: {(above - below) / (2 * Step)} by differences, {actual}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Bits_do_not_depend_on_the_number_of_threads(string variant)
    {
        using var two = new Workers(2);
        var model = ModelVariants.Build(variant);
        var inputs = DataSplit.Random(model.Task.Inputs, 0.7, seed: 5).Train;

        Assert.Equal(
            Gradients(model, inputs, Workers.Alone).All.ToArray(), Gradients(model, inputs, two).All.ToArray());
        if (FoldedPass.Applies(model.Options, model.Task))
        {
            Assert.Equal(
                Gradients(model, inputs, Workers.Alone, folded: true).All.ToArray(),
                Gradients(model, inputs, two, folded: true).All.ToArray());
        }
    }

    [Fact]
    public void A_long_list_of_rows_is_summed_in_segments_to_the_same_gradient()
    {
        // 23² = 529 rows all query from '=': three segments.
        var options = new TransformerOptions { ModelWidth = 8, Heads = 2, HeadWidth = 4, MlpWidth = 8 };
        var model = Transformer.Initialise(ArithmeticTask.From(new TaskOptions { Modulus = 23 }), options, seed: 1);
        var all = Gradients(model, model.AllInputs(), Workers.Alone).All.ToArray();
        var sum = new double[all.Length];
        for (var a = 0; a < 23; a++)
        {
            var part = Gradients(model, [.. Enumerable.Range(a * 23, 23)], Workers.Alone).All;
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += part[i] / 23.0;
            }
        }

        for (var i = 0; i < sum.Length; i++)
        {
            Assert.Equal(sum[i], all[i], 1e-6);
        }
    }

    private static TransformerParameters Gradients(Transformer model, int[] inputs, Workers workers, bool folded = false)
    {
        var gradients = new TransformerParameters(model.Options, TransformerShape.Of(model.Task));
        ITrainingPass pass = folded
            ? new FoldedPass(model.Options, model.Parameters, gradients, workers)
            : new TransformerPass(model.Options, model.Parameters, gradients, workers);
        pass.Bind(SequencePlan.ForPrediction(model.Task, inputs, model.Options.Layers));
        var logits = pass.Forward();
        var targets = inputs.Select(input => model.Task.Targets[input]).ToArray();
        CrossEntropy.ForwardBackward(logits, logits, targets, [], 1.0 / inputs.Length, workers);
        pass.Backward();
        return gradients;
    }
}
