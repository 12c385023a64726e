using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;

namespace PublishedTables.Measures;

/// <summary>Share of an embedding that its leading frequencies explain, as the original project computed it and as it is.</summary>
/// <param name="Frequencies">Number n of leading frequencies.</param>
/// <param name="AsPublished">
/// 1 - ||W - B Bᵀ W||² / ||W||², with a unit cosine and a unit sine for each of the n largest of the frequencies 0 .. p - 1 in B. Since k
/// and p - k span the same plane and have the same power, most planes stand in B twice: there B Bᵀ is twice the projection, W - B Bᵀ W is
/// -W, and the plane counts for nothing. Even five perfect frequencies give only about a fifth.
/// </param>
/// <param name="Right">Share of ||W||² in the planes of the n largest of the frequencies 0 .. (p - 1) / 2, each once.</param>
internal sealed record FourierR2(int Frequencies, double AsPublished, double Right)
{
    /// <summary>Computes both.</summary>
    /// <param name="embedding">Rows of at least the p numbers, <c>[tokens, width]</c>; further rows are not read.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <param name="frequencies">Number n of leading frequencies, below p.</param>
    /// <exception cref="ArgumentException">There are fewer rows than numbers.</exception>
    public static FourierR2 Of(Matrix embedding, int modulus, int frequencies)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentOutOfRangeException.ThrowIfLessThan(frequencies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frequencies, modulus);
        var powers = EmbeddingSpectrum.Powers(embedding, modulus);
        var total = powers.Sum();
        var leading = powers.Order(Comparer<double>.Create((x, y) => y.CompareTo(x))).Take(frequencies).Sum();
        return new FourierR2(frequencies, AsPublishedShare(powers, modulus, frequencies) * Reciprocal(total), leading * Reciprocal(total));
    }

    // The two of a pair have the same power up to rounding; taken together, as they come out next to each other in order of power.
    private static double AsPublishedShare(double[] powers, int modulus, int frequencies)
    {
        var inOrder = Enumerable.Range(0, powers.Length).OrderByDescending(k => k == 0 ? powers[0] : powers[k] / 2)
            .SelectMany(k => k == 0 ? (int[])[0] : [k, modulus - k]).Take(frequencies);
        return inOrder.GroupBy(k => Math.Min(k, modulus - k)).Where(plane => plane.Key == 0 || plane.Count() == 1)
            .Sum(plane => powers[plane.Key]);
    }

    private static double Reciprocal(double total) => total > 0 ? 1 / total : 0;
}
