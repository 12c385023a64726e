namespace Husai.Analysis;

/// <summary>How many random pairs a Monte Carlo level takes: the scores of large dictionaries hardly vary, so fewer draws are enough there.</summary>
internal static class ChanceDraws
{
    // 16 draws up to 4096 x 4096: one assignment of 16384 x 16384 takes seconds, and memory for its cosines alone 1 GiB.
    private const long MostMatchedCosines = 16L * 4096 * 4096;
    private const long MostNumbers = 1 << 25;

    /// <summary>The number wanted, or as many as the bound on the work allows; at least 2.</summary>
    public static int Bounded(int wanted, int first, int second, int width, SimilarityOptions options) => (int)Math.Clamp(
        SampledMaximum.Applies(options) ? MostNumbers / ((long)Math.Max(first, second) * width) : MostMatchedCosines / ((long)first * second), 2, wanted);
}
