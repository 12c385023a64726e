using System.Text.Json.Serialization;
using Husai.Analysis.Circuits;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Storage;
using Husai.Experiments.Saes;
using Husai.Formats.Json;
using Husai.Networks.Splicing;

namespace Husai.Cli.Commands.Saes;

/// <summary>An SAE's metrics as <c>--json</c> prints them.</summary>
internal sealed record SaeDocument
{
    public required string Sae { get; init; }

    public required string Architecture { get; init; }

    public required int Latents { get; init; }

    public long? Seed { get; init; }

    public long? Steps { get; init; }

    [JsonConverter(typeof(UndefinedAsNull))]
    public required double ExplainedVariance { get; init; }

    public required double L0 { get; init; }

    public required double DeadFraction { get; init; }

    public required double Mse { get; init; }

    public required double L1 { get; init; }

    [JsonConverter(typeof(UndefinedAsNull))]
    public required double EvLegacy { get; init; }

    [JsonConverter(typeof(UndefinedAsNull))]
    public required double FveResidualMeanRemoved { get; init; }

    [JsonConverter(typeof(UndefinedAsNull))]
    public required double EvUncentred { get; init; }

    [JsonConverter(typeof(UndefinedAsNull))]
    public required double EvPooledScalar { get; init; }

    /// <summary>Rows that were measured.</summary>
    public required int Rows { get; init; }

    /// <summary>Which these are: <c>all</c>, or <c>held-out</c> in training; the share of dead latents is of all.</summary>
    public string MeasuredRows { get; init; } = "held-out";

    public double? RowsPerSecond { get; init; }

    public required string WeightsHash { get; init; }

    public required FiringHistogram FiringHistogram { get; init; }

    public SplicedMetrics? Spliced { get; init; }

    /// <summary>What reconstructions do to the output of a network in an ONNX file.</summary>
    public NetworkSpliceMetrics? Network { get; init; }

    public double? AccuracySpliced => Spliced?.AccuracySpliced;

    public double? CeSpliced => Spliced?.CeSpliced;

    /// <summary>Overlap with the circuit of the transformer, beside its level; null where it was not measured.</summary>
    public PlaneChoice? CircuitOverlap { get; init; }

    public IReadOnlyList<SaeCheck>? Checks { get; init; }

    public static SaeDocument Of(string folder, SavedSae saved, ReconstructionMetrics metrics) => new()
    {
        Sae = folder,
        Architecture = saved.TrainingArchitecture,
        Latents = saved.Sae.Latents,
        ExplainedVariance = metrics.ExplainedVariance,
        L0 = metrics.L0,
        DeadFraction = metrics.DeadFraction,
        Mse = metrics.Mse,
        L1 = metrics.L1,
        EvLegacy = metrics.EvLegacy,
        FveResidualMeanRemoved = metrics.FveResidualMeanRemoved,
        EvUncentred = metrics.EvUncentred,
        EvPooledScalar = metrics.EvPooledScalar,
        Rows = metrics.Rows,
        WeightsHash = SaeFolder.WeightsHash(saved.Sae),
        FiringHistogram = FiringHistogram.Of(metrics.FiringFrequencies),
    };
}
