using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;

namespace Husai.Reporting.Data;

/// <summary>The scores of a configuration on one of several transformers; its intervals are over seeds of the autoencoders.</summary>
public sealed record TransformerScores
{
    /// <summary>Name of the transformer.</summary>
    public required string Transformer { get; init; }

    /// <summary>Explained variance on held-out rows.</summary>
    public Interval? ExplainedVariance { get; init; }

    /// <summary>Agreement between seeds.</summary>
    public StabilityScore? Stability { get; init; }

    /// <summary>Recovery of the circuit.</summary>
    public CircuitScore? Circuit { get; init; }
}
