using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Models;

public sealed class InitialWeightsTests
{
    private static readonly TransformerOptions Options = new() { ModelWidth = 64, LayerNorm = true, Biases = "all" };

    [Theory]
    [InlineData(nameof(InitialWeights.Nanda), 0.125, 0.1667)]
    [InlineData(nameof(InitialWeights.TransformerLens), 0.1, 0.1)]
    public void Matrices_start_with_their_deviation_biases_at_0_and_gains_at_1(
        string initialisationName, double deviation, double unembedding)
    {
        var initialisation = Enum.Parse<InitialWeights>(initialisationName);
        var model = Transformer.Initialise(
            ArithmeticTask.From(new TaskOptions { Modulus = 35 }), Options with { Initialisation = initialisation }, seed: 3);

        Assert.All(model.Parameters.Tensors, tensor =>
        {
            float[] values = [.. tensor.Values.AsSpan()];
            var symbol = tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..];
            if (!symbol.StartsWith("W_", StringComparison.Ordinal))
            {
                Assert.All(values, value => Assert.Equal(symbol == "w" ? 1 : 0, value));
                return;
            }

            // Five deviations of an estimated deviation.
            var expected = symbol == "W_U" ? unembedding : deviation;
            Assert.Equal(
                expected, Math.Sqrt(values.Average(value => (double)value * value)), 5 * expected / Math.Sqrt(2.0 * values.Length));
        });
    }
}
