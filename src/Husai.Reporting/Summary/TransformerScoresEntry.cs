using System.ComponentModel;
using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Summary;

/// <summary>A configuration on one of several transformers, in <c>summary.json</c>.</summary>
internal sealed record TransformerScoresEntry
{
    /// <summary>Name of the transformer.</summary>
    [Description("Name of the transformer.")]
    public required string Transformer { get; init; }

    /// <summary>Explained variance.</summary>
    [Description("Explained variance on held-out rows, with its interval over the seeds of SAEs.")]
    public required Interval? ExplainedVariance { get; init; }

    /// <summary>Similarity between seeds.</summary>
    [Description("Agreement between seeds on this transformer (keys as above).")]
    public required StabilityEntry? Stability { get; init; }

    /// <summary>Recovery of the circuit.</summary>
    [Description("Recovery of the circuit on this transformer (keys as above).")]
    public required CircuitEntry? Circuit { get; init; }

    internal static TransformerScoresEntry Of(ConfigurationResults scores) => new()
    {
        Transformer = scores.Transformer,
        ExplainedVariance = scores.ExplainedVariance,
        Stability = scores.Stability is { } stability ? StabilityEntry.Of(stability) : null,
        Circuit = scores.Circuit is { } circuit ? CircuitEntry.Of(circuit) : null,
    };
}
