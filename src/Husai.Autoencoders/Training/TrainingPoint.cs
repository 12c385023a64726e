using System.Text.Json.Serialization;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Metrics;
using Husai.Formats.Json;

namespace Husai.Autoencoders.Training;

/// <summary>
/// An SAE at one step of its training: the losses of the step on its batch, and the metrics after it on the held-out rows. It is a line
/// of <c>metrics.jsonl</c>, whose keys are in the order of the properties.
/// </summary>
public sealed record TrainingPoint
{
    /// <summary>Steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>Rows trained on so far; <see cref="Rows"/> are those that the metrics are measured on.</summary>
    public long TrainedRows { get; init; }

    /// <summary>Rows that the metrics are measured on.</summary>
    public int Rows { get; init; }

    /// <summary>Loss of the step: the sum of its parts.</summary>
    public required double Loss { get; init; }

    /// <summary>Part of the loss that is the reconstruction's.</summary>
    public double ReconstructionLoss { get; init; }

    /// <summary>Part of the loss that is the sparsity penalty's.</summary>
    public double SparsityLoss { get; init; }

    /// <summary>Part of the loss that is the dead latents' (AuxK).</summary>
    public double AuxiliaryLoss { get; init; }

    /// <summary>Latents that have not fired for long.</summary>
    public int DeadLatents { get; init; }

    /// <summary>Mean number of active latents of a row of the batch.</summary>
    public double BatchL0 { get; init; }

    /// <summary>Learning rate of the step.</summary>
    public double LearningRate { get; init; }

    /// <summary>Latents that may fire on a row, where the method has such a number.</summary>
    public int K { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.ExplainedVariance"/>
    [JsonConverter(typeof(UndefinedAsNull))]
    public required double ExplainedVariance { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.Mse"/>
    public double Mse { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.L0"/>
    public required double L0 { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.L1"/>
    public double L1 { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.EvLegacy"/>
    [JsonConverter(typeof(UndefinedAsNull))]
    public double EvLegacy { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.FveResidualMeanRemoved"/>
    [JsonConverter(typeof(UndefinedAsNull))]
    public double FveResidualMeanRemoved { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.EvUncentred"/>
    [JsonConverter(typeof(UndefinedAsNull))]
    public double EvUncentred { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.EvPooledScalar"/>
    [JsonConverter(typeof(UndefinedAsNull))]
    public double EvPooledScalar { get; init; }

    /// <inheritdoc cref="ReconstructionMetrics.DeadFraction"/>
    public required double DeadFraction { get; init; }

    /// <summary>How many latents fire how often on these rows.</summary>
    public FiringHistogram FiringHistogram { get; init; } = FiringHistogram.Of([]);

    internal static TrainingPoint Of(
        long step, long trainedRows, in BatchMeasures batch, in StepSettings settings, ReconstructionMetrics metrics) =>
        new()
        {
            Step = step,
            TrainedRows = trainedRows,
            Rows = metrics.Rows,
            Loss = batch.Loss,
            ReconstructionLoss = batch.ReconstructionLoss,
            SparsityLoss = batch.SparsityLoss,
            AuxiliaryLoss = batch.AuxiliaryLoss,
            DeadLatents = batch.DeadLatents,
            BatchL0 = batch.L0,
            LearningRate = settings.LearningRate,
            K = settings.K,
            ExplainedVariance = metrics.ExplainedVariance,
            Mse = metrics.Mse,
            L0 = metrics.L0,
            L1 = metrics.L1,
            EvLegacy = metrics.EvLegacy,
            FveResidualMeanRemoved = metrics.FveResidualMeanRemoved,
            EvUncentred = metrics.EvUncentred,
            EvPooledScalar = metrics.EvPooledScalar,
            DeadFraction = metrics.DeadFraction,
            FiringHistogram = FiringHistogram.Of(metrics.FiringFrequencies),
        };
}
