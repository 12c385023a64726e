using Husai.Numerics.Randomness;

namespace Husai.Transformers.Models;

/// <summary>
/// Initial weights: matrices normal as <see cref="InitialWeights"/> says, biases 0, gains 1. Each tensor has a random stream of its own, so
/// that adding one changes no other.
/// </summary>
internal static class TransformerInitialisation
{
    public static void Fill(TransformerParameters parameters, TransformerOptions options, TransformerShape shape, ulong seed)
    {
        foreach (var tensor in parameters.Tensors)
        {
            var symbol = tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..];
            if (symbol == "w")
            {
                tensor.Values.Fill(1f);
            }
            else if (symbol.StartsWith("W_", StringComparison.Ordinal))
            {
                new RandomStream(seed, "transformer.initialisation." + tensor.Name)
                    .FillNormal(tensor.Values.AsSpan(), 0f, (float)Deviation(symbol, options, shape));
            }
            else
            {
                tensor.Values.Clear();
            }
        }
    }

    private static double Deviation(string symbol, TransformerOptions options, TransformerShape shape) => options.Initialisation switch
    {
        InitialWeights.TransformerLens => 0.8 / Math.Sqrt(options.ModelWidth),
        _ => 1 / Math.Sqrt(symbol == "W_U" ? shape.Vocabulary : options.ModelWidth),
    };
}
