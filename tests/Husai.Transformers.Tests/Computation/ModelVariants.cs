using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Computation;

/// <summary>Small models that between them switch every option.</summary>
internal static class ModelVariants
{
    private static readonly TransformerOptions Small =
        new() { ModelWidth = 12, Heads = 2, HeadWidth = 5, MlpWidth = 19 };

    private static readonly Dictionary<string, (TaskOptions Task, TransformerOptions Options)> All = new()
    {
        ["one layer, ReLU, MLP biases"] = (new() { Modulus = 7 }, Small),
        ["one layer, no bias, tied"] = (new() { Modulus = 7 }, Small with { Biases = "none", TiedUnembedding = true }),
        ["one layer, GELU, all biases, five tokens, tied"] = (
            new() { Modulus = 5, Format = "bos_a_op_b_equals" },
            Small with { Activation = "gelu", Biases = "all", TiedUnembedding = true }),
        ["one layer, norm, all biases, five tokens"] = (
            new() { Modulus = 5, Format = "bos_a_op_b_equals" }, Small with { LayerNorm = true, Biases = "all" }),
        ["two layers, GELU, norm, all biases"] = (
            new() { Modulus = 5 }, Small with { Layers = 2, Activation = "gelu", LayerNorm = true, Biases = "all" }),
        ["three layers, ReLU, one head of 17, five tokens"] = (
            new() { Modulus = 5, Format = "bos_a_op_b_equals" }, Small with { Layers = 3, Heads = 1, HeadWidth = 17 }),
        ["two layers, leaked label"] = (
            new() { Modulus = 5, Name = TaskOptions.LeakedLabel }, Small with { Layers = 2, LayerNorm = true }),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static Transformer Build(string name, ulong seed = 3)
    {
        var model = Transformer.Initialise(ArithmeticTask.From(All[name].Task), All[name].Options, seed);

        // Biases and gains away from 0 and 1, or their gradients could hide.
        foreach (
            var tensor in model.Parameters.Tensors.Where(tensor =>
                tensor.Values.Rows == 1 || tensor.Name.Contains(".b_", StringComparison.Ordinal)))
        {
            var stream = new Numerics.Randomness.RandomStream(seed, "test." + tensor.Name);
            foreach (ref var value in tensor.Values.AsSpan())
            {
                value += (stream.NextSingle() - 0.5f) * 0.4f;
            }
        }

        return model;
    }
}
