using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>
/// The score of the best-match similarity from one side, for random directions: a sample of that side's latents stands for all of them, and
/// the other side's come in blocks.
/// </summary>
internal static class SampledMaximum
{
    /// <summary>Latents that stand for all of their side.</summary>
    public const int LargestSample = 512;

    /// <summary>Candidates in memory at a time.</summary>
    public const int BlockRows = 4096;

    /// <summary>Whether the latents of one side are scored independently of each other.</summary>
    public static bool Applies(SimilarityOptions options) => options is { Matcher: Matcher.Maximum, Weights: not MatchedWeights.Both };

    /// <summary>
    /// For each similarity the mean over latents of their largest similarity to <paramref name="candidates"/> others, or the share of them
    /// above the threshold.
    /// </summary>
    /// <param name="latents">Latents of the one side.</param>
    /// <param name="candidates">Latents of the other.</param>
    /// <param name="width">Width of the activations.</param>
    /// <param name="similarities">The similarities.</param>
    /// <param name="draw">Fills a matrix with the next random directions.</param>
    /// <param name="workers">Threads to use.</param>
    public static double[] Scores(
        int latents, int candidates, int width, IReadOnlyList<SimilarityOptions> similarities, Action<Matrix> draw, Workers? workers)
    {
        var sample = new Matrix(Math.Min(latents, LargestSample), width);
        draw(sample);
        var memory = new Matrix(Math.Min(candidates, BlockRows), width);
        var best = new BestOfBlocks(similarities, sample.Rows);
        for (var start = 0; start < candidates; start += BlockRows)
        {
            var block = memory.SliceRows(0, Math.Min(BlockRows, candidates - start));
            draw(block);
            best.Add(block, sample, workers);
        }

        return [.. similarities.Select(similarity => best.Score(similarity, 0, sample.Rows))];
    }
}
