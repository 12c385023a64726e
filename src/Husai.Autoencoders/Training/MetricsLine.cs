namespace Husai.Autoencoders;

/// <summary>One line of <c>metrics.jsonl</c>: losses of a step on its batch, and the metrics after it on the held-out rows.</summary>
internal sealed class MetricsLine(
    long step, long rows, StepResult result, StepSettings settings, ReconstructionMetrics metrics)
{
    public long Step { get; } = step;

    public long Rows { get; } = rows;

    public double Loss { get; } = result.Loss;

    public double ReconstructionLoss { get; } = result.Reconstruction;

    public double SparsityLoss { get; } = result.Sparsity;

    public double AuxiliaryLoss { get; } = result.Auxiliary;

    public int DeadLatents { get; } = result.DeadLatents;

    public double BatchL0 { get; } = result.L0;

    public double LearningRate { get; } = settings.LearningRate;

    public int K { get; } = settings.K;

    public double ExplainedVariance { get; } = metrics.ExplainedVariance;

    public double Mse { get; } = metrics.Mse;

    public double L0 { get; } = metrics.L0;

    public double L1 { get; } = metrics.L1;

    public double EvLegacy { get; } = metrics.EvLegacy;

    public double FveResidualMeanRemoved { get; } = metrics.FveResidualMeanRemoved;

    public double EvUncentred { get; } = metrics.EvUncentred;

    public double EvPooledScalar { get; } = metrics.EvPooledScalar;

    public double DeadFraction { get; } = metrics.DeadFraction;

    public FiringHistogram FiringHistogram { get; } = FiringHistogram.Of(metrics.FiringFrequencies);
}
