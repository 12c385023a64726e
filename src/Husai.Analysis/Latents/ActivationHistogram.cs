namespace Husai.Analysis.Latents;

/// <summary>Counts of activations in bins whose bounds do not depend on the activations: four for each doubling.</summary>
/// <param name="Edges">Bounds of the bins, rising, one more than there are bins; empty where nothing was counted.</param>
/// <param name="Counts">Activations in each bin: from its lower bound on, up to but without its upper one.</param>
/// <remarks>
/// A count is a whole number and a bound a float with two bits after the first: the same activations give the same histogram in any order.
/// Bins without activations before the first and after the last are left out.
/// </remarks>
internal sealed record ActivationHistogram(IReadOnlyList<float> Edges, IReadOnlyList<long> Counts)
{
    /// <summary>Number of bins in all.</summary>
    internal const int Bins = 4 * 2 * Octaves;

    // Doublings below and above 1.
    private const int Octaves = 16;
    private const int FirstExponent = 127 - Octaves;
    private const int DroppedBits = 21;

    /// <summary>The histogram of activations.</summary>
    /// <param name="activations">Activations; those that are not positive count nowhere.</param>
    public static ActivationHistogram Of(IEnumerable<float> activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var counts = new long[Bins];
        foreach (var activation in activations.Where(activation => activation > 0))
        {
            counts[BinOf(activation)]++;
        }

        return OfCounts(counts);
    }

    /// <summary>The bin of a positive activation; the first and the last take what lies beyond them.</summary>
    internal static int BinOf(float activation) =>
        Math.Clamp((BitConverter.SingleToInt32Bits(activation) >> DroppedBits) - 4 * FirstExponent, 0, Bins - 1);

    /// <summary>The histogram of counts in all bins.</summary>
    /// <param name="counts">A count for each of <see cref="Bins"/>.</param>
    internal static ActivationHistogram OfCounts(ReadOnlySpan<long> counts)
    {
        var first = counts.IndexOfAnyExcept(0);
        if (first < 0)
        {
            return new ActivationHistogram([], []);
        }

        var bins = counts.LastIndexOfAnyExcept(0) + 1 - first;
        return new ActivationHistogram(
            [.. Enumerable.Range(first, bins + 1).Select(EdgeOf)], counts.Slice(first, bins).ToArray());
    }

    private static float EdgeOf(int bin) => bin switch
    {
        0 => 0,
        Bins => float.MaxValue,
        _ => BitConverter.Int32BitsToSingle((bin + 4 * FirstExponent) << DroppedBits),
    };
}
