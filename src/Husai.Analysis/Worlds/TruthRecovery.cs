using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Worlds;

/// <summary>
/// How far the directions of latents are those of a world's features, in absolute cosines (SynthSAEBench, arXiv 2602.14687).
/// </summary>
/// <param name="Mcc">Mean over the pairs of the one-to-one assignment of largest sum: as many pairs as the smaller side has directions.
/// Latents that never fire count.
/// </param>
/// <param name="Uniqueness">Number of features that are the best match of a latent, over the number of latents.</param>
/// <param name="BestMatches">Of each latent: the feature of largest cosine, the first of equal ones.</param>
/// <param name="LatentCosines">Of each latent: the cosine with its best match.</param>
/// <param name="FeatureOfLatent">Of each latent: its feature in the assignment, or -1 where there are more latents than features.</param>
/// <param name="BestLatents">Of each feature: the latent of largest cosine, the first of equal ones.</param>
/// <param name="FeatureCosines">Of each feature: the cosine with its best latent.</param>
/// <remarks>
/// By chance MCC is far from 0: random unit rows in 768 dimensions, 4096 of them against 16384, come to 0.148, and their uniqueness to
/// 0.886. A row of zeros has cosine 0 with everything.
/// </remarks>
internal sealed record TruthRecovery(
    double Mcc, double Uniqueness, IReadOnlyList<int> BestMatches, IReadOnlyList<float> LatentCosines,
    IReadOnlyList<int> FeatureOfLatent, IReadOnlyList<int> BestLatents, IReadOnlyList<float> FeatureCosines)
{
    /// <summary>The absolute cosine from which a feature counts as found: that of a latent that is found again in another seed.</summary>
    public const double FoundCosine = 0.7;

    /// <summary>Mean over the latents of the cosine with the best match.</summary>
    public double MeanBest => LatentCosines.Average(cosine => (double)cosine);

    /// <summary>Share of the features that some latent comes as near to as <see cref="FoundCosine"/>.</summary>
    public double FoundShare => FeatureCosines.Count(cosine => cosine >= FoundCosine) / (double)FeatureCosines.Count;

    /// <summary>Matches latents with features.</summary>
    /// <param name="decoder"><c>[latents, width]</c>, rows of any norm.</param>
    /// <param name="truth"><c>[features, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default. A view's token ends the search.</param>
    /// <exception cref="ArgumentException">The widths differ, a side has no rows, or one is too large for the assignment.</exception>
    /// <exception cref="OperationCanceledException">The workers' token is set.</exception>
    public static TruthRecovery Find(Matrix decoder, Matrix truth, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(truth);
        if (decoder.Columns != truth.Columns || decoder.Rows == 0 || truth.Rows == 0)
        {
            throw new ArgumentException($"decoder {decoder.Shape} and truth {truth.Shape} must have rows, of one width", nameof(decoder));
        }

        if (Math.Max(decoder.Rows, truth.Rows) > HungarianMatcher.LargestMatrixSide)
        {
            throw new ArgumentException(
                $"decoder {decoder.Shape} and truth {truth.Shape}: at most {HungarianMatcher.LargestMatrixSide} rows can be assigned one "
                    + $"to one",
                nameof(decoder));
        }

        workers ??= Workers.Alone;
        var cosines = CosineMatrix.Of(decoder, truth, CosineMeasure.Absolute, workers);
        var best = MaximumMatcher.Find(cosines);
        var match = HungarianMatcher.Find(cosines, workers.Cancellation);
        var uniqueness = best.PartnerOfRow.Distinct().Count() / (double)decoder.Rows;
        return new TruthRecovery(
            match.Mean, uniqueness, best.PartnerOfRow, best.RowSimilarity, match.PartnerOfRow, best.PartnerOfColumn, best.ColumnSimilarity);
    }
}
