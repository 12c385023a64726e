using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>The largest similarity of each row of a sample to candidates that come in blocks, by one cosine or by both.</summary>
internal sealed class BestOfBlocks
{
    private readonly CosineMeasure[] _cosines;
    private readonly float[][] _best;

    /// <summary>Starts without candidates.</summary>
    /// <param name="similarities">What will be asked for.</param>
    /// <param name="rows">Rows of the sample.</param>
    public BestOfBlocks(IEnumerable<SimilarityOptions> similarities, int rows)
    {
        _cosines = [.. similarities.Select(similarity => similarity.Cosine).Distinct()];
        _best = Array.ConvertAll(_cosines, _ =>
        {
            var values = new float[rows];
            Array.Fill(values, float.NegativeInfinity);
            return values;
        });
    }

    /// <summary>Takes in further candidates.</summary>
    /// <param name="block"><c>[candidates, width]</c>.</param>
    /// <param name="sample"><c>[rows, width]</c>, the same each time.</param>
    /// <param name="workers">Threads to use.</param>
    public void Add(Matrix block, Matrix sample, Workers? workers)
    {
        // The sample on the right: it is what gets copied into panels.
        if (_cosines.Length == 1)
        {
            Raise(_cosines[0], MaximumMatcher.Find(block, sample, _cosines[0], workers));
            return;
        }

        var (absolute, signedMatch) = MaximumMatcher.FindAbsoluteAndSigned(block, sample, workers);
        Raise(CosineMeasure.Absolute, absolute);
        Raise(CosineMeasure.Signed, signedMatch);
    }

    /// <summary>Largest similarity of each row.</summary>
    public float[] Of(CosineMeasure cosine) => _best[Array.IndexOf(_cosines, cosine)];

    /// <summary>The score of rows under a similarity: their mean, or the share above its threshold.</summary>
    public double Score(SimilarityOptions similarity, int first, int count)
    {
        var best = Of(similarity.Cosine).AsSpan(first, count);
        double sum = 0;
        foreach (var value in best)
        {
            sum += similarity.Reduction == MatchReduction.Mean ? value : value > similarity.Threshold ? 1 : 0;
        }

        return sum / count;
    }

    private void Raise(CosineMeasure cosine, Match found)
    {
        var best = Of(cosine);
        for (var row = 0; row < best.Length; row++)
        {
            best[row] = Math.Max(best[row], found.ColumnSimilarity[row]);
        }
    }
}
