namespace Husai.Analysis.Causal;

/// <summary>What becomes of the model when a site's activations are replaced by a reconstruction.</summary>
/// <param name="Clean">The model as it is.</param>
/// <param name="Spliced">With the reconstruction.</param>
/// <param name="MeanAblated">With the mean activation in place of each.</param>
/// <param name="ZeroAblated">With zeros.</param>
/// <param name="KlDivergence">Mean divergence of the spliced answers from the clean ones, in nats.</param>
/// <param name="PlaneErrors">For each plane the power of the reconstruction's error in its waves over the activations' power there: an
/// error may hide one frequency while the total is tiny.</param>
internal sealed record SpliceResult(
    LogitScores Clean, LogitScores Spliced, LogitScores MeanAblated, LogitScores ZeroAblated, double KlDivergence,
    IReadOnlyList<double> PlaneErrors)
{
    /// <summary>Share of the loss of mean ablation that the reconstruction avoids; null where there is none.</summary>
    public double? CeRecoveredMean => Recovered(MeanAblated);

    /// <summary>Share of the loss of zero ablation that the reconstruction avoids; null where there is none.</summary>
    public double? CeRecoveredZero => Recovered(ZeroAblated);

    private double? Recovered(LogitScores ablated) => ablated.CrossEntropy == Clean.CrossEntropy
        ? null : (ablated.CrossEntropy - Spliced.CrossEntropy) / (ablated.CrossEntropy - Clean.CrossEntropy);
}
