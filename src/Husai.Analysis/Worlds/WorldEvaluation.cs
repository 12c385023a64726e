using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Worlds;

/// <summary>What an SAE makes of a world, by the names of SynthSAEBench (arXiv 2602.14687).</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="TrueL0">Mean number of features that fire.</param>
/// <param name="L0">Mean number of latents that fire.</param>
/// <param name="DeadLatents">Latents that fire on none of the samples.</param>
/// <param name="Shrinkage">Mean of the reconstruction's norm over the sample's, over samples of norm above 1e-6.</param>
/// <param name="ExplainedVariance">1 - mean squared error over the variance of the samples, one ratio over all samples. Where the variance
/// is below 1e-10: 1 if the error is too, else 0.
/// </param>
/// <param name="Recovery">Directions.</param>
/// <param name="Classification">Firing, against each latent's best match.</param>
/// <param name="AssignedClassification">Firing, against each latent's feature in the assignment.</param>
/// <param name="Rates">Of each feature: share of the samples on which it fires.</param>
/// <param name="LiveLatents">The latents that fire on some sample.</param>
/// <param name="Edges">Parents and children; none where the world has no trees.</param>
internal sealed record WorldEvaluation(
    long Samples, double TrueL0, double L0, int DeadLatents, double Shrinkage, double ExplainedVariance, TruthRecovery Recovery,
    LatentClassification Classification, LatentClassification AssignedClassification, IReadOnlyList<double> Rates,
    IReadOnlyList<int> LiveLatents, IReadOnlyList<TreeEdge> Edges)
{
    /// <summary>How many features were found, from the most frequent to the rarest.</summary>
    public IReadOnlyList<RateStratum> ByRate { get; } = RateStratum.Split(Rates, Recovery.FeatureCosines);

    /// <summary>Matches the latents that fire alone: the assignment is another one where it has fewer to choose from.</summary>
    /// <param name="decoder"><c>[latents, width]</c>, that of the SAE.</param>
    /// <param name="truth"><c>[features, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default. A view's token ends the search.</param>
    /// <returns>Null where no latent fires.</returns>
    public TruthRecovery? RecoverAlive(Matrix decoder, Matrix truth, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        if (LiveLatents.Count == 0 || LiveLatents.Count == decoder.Rows)
        {
            return LiveLatents.Count == 0 ? null : Recovery;
        }

        var alive = new Matrix(LiveLatents.Count, decoder.Columns);
        for (var row = 0; row < alive.Rows; row++)
        {
            decoder.Row(LiveLatents[row]).CopyTo(alive.Row(row));
        }

        return TruthRecovery.Find(alive, truth, workers);
    }
}
