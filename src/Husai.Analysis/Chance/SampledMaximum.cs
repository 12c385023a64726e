using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>
/// The score of the best-match similarity from one side, for random directions: a sample of that side's latents stands for all of them, and the other side's come in blocks.
/// </summary>
internal static class SampledMaximum
{
    /// <summary>Latents that stand for all of their side.</summary>
    public const int LargestSample = 512;

    private const int BlockRows = 4096;

    /// <summary>Whether the latents of one side are scored independently of each other.</summary>
    public static bool Applies(SimilarityOptions options) => options is { Matcher: Matcher.Maximum, Weights: not MatchedWeights.Both };

    /// <summary>Mean over latents of their largest similarity to <paramref name="candidates"/> others, or the share of them above the threshold.</summary>
    public static double Score(int latents, int candidates, SimilarityOptions options, Func<int, Matrix> directions, Workers? workers)
    {
        var sample = directions(Math.Min(latents, LargestSample));
        var best = new float[sample.Rows];
        Array.Fill(best, float.NegativeInfinity);
        for (var start = 0; start < candidates; start += BlockRows)
        {
            var maxima = MaximumMatcher.Find(sample, directions(Math.Min(BlockRows, candidates - start)), options.Cosine, workers);
            for (var row = 0; row < best.Length; row++)
            {
                best[row] = Math.Max(best[row], maxima.RowSimilarity[row]);
            }
        }

        return options.Reduction == MatchReduction.Mean
            ? best.Sum(value => (double)value) / best.Length
            : best.Count(value => value > options.Threshold) / (double)best.Length;
    }
}
