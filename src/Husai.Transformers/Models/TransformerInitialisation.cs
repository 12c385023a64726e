using Husai.Numerics.Randomness;

namespace Husai.Transformers.Models;

/// <summary>
/// Initial weights as in the code of Nanda et al. 2023: every matrix normal with deviation 1 / sqrt(d_model), the unembedding with
/// 1 / sqrt(d_vocab), biases 0, gains 1. Each tensor has a random stream of its own, so that adding one changes no other.
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
                var width = symbol == "W_U" ? shape.Vocabulary : options.ModelWidth;
                new RandomStream(seed, "transformer.initialisation." + tensor.Name)
                    .FillNormal(tensor.Values.AsSpan(), 0f, (float)(1 / Math.Sqrt(width)));
            }
            else
            {
                tensor.Values.Clear();
            }
        }
    }
}
