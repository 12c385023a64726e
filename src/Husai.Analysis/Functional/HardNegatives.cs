using Husai.Numerics.Matrices;

namespace Husai.Analysis.Functional;

/// <summary>Latents that look like a match without being it.</summary>
internal static class HardNegatives
{
    /// <summary>
    /// For each latent with a partner, the other latent with the highest signed decoder cosine whose firing rate is within a factor of the
    /// partner's; -1 where there is none.
    /// </summary>
    /// <param name="partners">For each row its column, or -1.</param>
    /// <param name="cosines">Signed cosines of decoder rows, <c>[rows, columns]</c>.</param>
    /// <param name="rates">Firing rate of each column.</param>
    /// <param name="factor">At least 1.</param>
    public static int[] Of(int[] partners, Matrix cosines, double[] rates, double factor)
    {
        var negatives = new int[partners.Length];
        for (var row = 0; row < partners.Length; row++)
        {
            negatives[row] = partners[row] < 0 ? -1 : Nearest(partners[row], cosines.Row(row), rates, factor);
        }

        return negatives;
    }

    private static int Nearest(int partner, ReadOnlySpan<float> cosines, double[] rates, double factor)
    {
        var best = -1;
        for (var column = 0; column < cosines.Length; column++)
        {
            if (column != partner && rates[column] <= rates[partner] * factor && rates[column] * factor >= rates[partner]
                && (best < 0 || cosines[column] > cosines[best]))
            {
                best = column;
            }
        }

        return best;
    }
}
