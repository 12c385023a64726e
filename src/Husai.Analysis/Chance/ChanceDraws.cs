using Husai.Analysis.Similarity;

namespace Husai.Analysis.Chance;

/// <summary>
/// How many random pairs or sets a Monte Carlo level takes: the scores of large dictionaries hardly vary, so fewer draws are enough there.
/// </summary>
internal static class ChanceDraws
{
    /// <summary>Draws that a p-value by counting needs.</summary>
    public const int ForCount = 99;

    /// <summary>Draws that a p-value from their spread needs.</summary>
    public const int ForSpread = 8;

    private const int LargestCounted = 4096;
    private const int Rows = 8192;
    private const int Most = 400;
    private const int FewestOfLarge = 4;

    // 16 draws up to 4096 x 4096: one assignment of 16384 x 16384 takes seconds, and memory for its cosines alone 1 GiB.
    private const long MostMatchedCosines = 16L * 4096 * 4096;
    private const long MostNumbers = 1 << 25;

    // The same for the draws of a whole set, of which there are several kinds.
    private const long MostMatchedCosinesOfSet = 1 << 25;

    /// <summary>The number wanted, or as many as the bound on the work allows; at least 2.</summary>
    public static int Bounded(int wanted, int first, int second, int width, SimilarityOptions options) => (int)Math.Clamp(
        ExtrapolatedScore.Applies(options, first, second)
            ? ForSpread
            : SampledMaximum.Applies(options)
                ? MostNumbers / ((long)Math.Max(first, second) * width)
                : MostMatchedCosines / ((long)first * second),
        2,
        wanted);

    /// <summary>
    /// Draws of a whole set: 8192 over the smallest number of latents, from 8 to 400; 4 above 4096 latents; for two dictionaries enough for
    /// a p-value.
    /// </summary>
    /// <param name="sizes">Live latents of each dictionary.</param>
    /// <param name="similarity">The similarity.</param>
    /// <param name="wanted">A number instead, or null.</param>
    public static int OfSet(IReadOnlyList<int> sizes, SimilarityOptions similarity, int? wanted)
    {
        if (wanted is { } number)
        {
            return number;
        }

        var draws = OfLatents(sizes.Min(), sizes.Max(), Most);
        if (sizes.Count == 2)
        {
            draws = Math.Max(draws, sizes.Max() > LargestCounted ? ForSpread : ForCount);
        }

        return Affordable(draws, sizes, similarity);
    }

    /// <summary>Draws by the numbers of latents alone: 8192 over the smallest, from 8 on; 4 above 4096 latents.</summary>
    /// <param name="fewest">Latents of the smallest dictionary.</param>
    /// <param name="largest">Latents of the largest.</param>
    /// <param name="most">Draws at most.</param>
    public static int OfLatents(int fewest, int largest, int most) =>
        largest > LargestCounted ? FewestOfLarge : Math.Clamp(Rows / fewest, ForSpread, most);

    /// <summary>
    /// Draws at a snapshot of a training, which serve a curve and no verdict: an eighth of those of a whole set, from 4 to 50.
    /// </summary>
    /// <param name="sizes">Live latents of each dictionary.</param>
    public static int OfSnapshot(IReadOnlyList<int> sizes) => Math.Clamp(Rows / 8 / sizes.Min(), FewestOfLarge, Most / 8);

    /// <summary>
    /// Draws for the pairs across two sets: by the largest number of latents, since these levels only serve the permutation of labels.
    /// </summary>
    public static int Between(IReadOnlyList<int> sizes, SimilarityOptions similarity, int? wanted)
    {
        return Affordable(wanted ?? Math.Clamp(Rows / 4 / sizes.Max(), 2, Most), sizes, similarity);
    }

    // Matchers that need all cosines of a pair take fewer draws of large dictionaries.
    private static int Affordable(int draws, IReadOnlyList<int> sizes, SimilarityOptions similarity)
    {
        if (similarity.IsNearest)
        {
            return draws;
        }

        var cosines = 0L;
        for (var i = 0; i < sizes.Count; i++)
        {
            for (var j = i + 1; j < sizes.Count; j++)
            {
                // What is extrapolated takes some hundredths of the score's own time.
                cosines += ExtrapolatedScore.Applies(similarity, sizes[i], sizes[j]) ? 0 : (long)sizes[i] * sizes[j];
            }
        }

        return cosines == 0 ? draws : (int)Math.Clamp(MostMatchedCosinesOfSet / cosines, 2, draws);
    }
}
