using System.Text.Json.Serialization;
using Husai.Formats;

namespace Husai.Autoencoders;

/// <summary>One line of <c>metrics.jsonl</c>: losses of a step on its batch, and the metrics after it on the held-out rows.</summary>
internal sealed class MetricsLine(
    long step, long trainedRows, StepResult result, StepSettings settings, ReconstructionMetrics metrics)
{
    public long Step { get; } = step;

    /// <summary>Rows trained on so far; <see cref="Rows"/> are those that the metrics are measured on.</summary>
    public long TrainedRows { get; } = trainedRows;

    public int Rows { get; } = metrics.Rows;

    public double Loss { get; } = result.Loss;

    public double ReconstructionLoss { get; } = result.Reconstruction;

    public double SparsityLoss { get; } = result.Sparsity;

    public double AuxiliaryLoss { get; } = result.Auxiliary;

    public int DeadLatents { get; } = result.DeadLatents;

    public double BatchL0 { get; } = result.L0;

    public double LearningRate { get; } = settings.LearningRate;

    public int K { get; } = settings.K;

    [JsonConverter(typeof(UndefinedAsNull))]
    public double ExplainedVariance { get; } = metrics.ExplainedVariance;

    public double Mse { get; } = metrics.Mse;

    public double L0 { get; } = metrics.L0;

    public double L1 { get; } = metrics.L1;

    [JsonConverter(typeof(UndefinedAsNull))]
    public double EvLegacy { get; } = metrics.EvLegacy;

    [JsonConverter(typeof(UndefinedAsNull))]
    public double FveResidualMeanRemoved { get; } = metrics.FveResidualMeanRemoved;

    [JsonConverter(typeof(UndefinedAsNull))]
    public double EvUncentred { get; } = metrics.EvUncentred;

    [JsonConverter(typeof(UndefinedAsNull))]
    public double EvPooledScalar { get; } = metrics.EvPooledScalar;

    public double DeadFraction { get; } = metrics.DeadFraction;

    public FiringHistogram FiringHistogram { get; } = FiringHistogram.Of(metrics.FiringFrequencies);
}
