using System.ComponentModel;
using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A configuration on one of several transformers, in <c>summary.json</c>.</summary>
public sealed record TransformerScoresEntry
{
    /// <summary>Name of the transformer.</summary>
    [Description("Name of the transformer.")]
    public required string Transformer { get; init; }

    /// <summary>Explained variance.</summary>
    [Description("Explained variance on held-out rows, with its interval over the seeds of autoencoders.")]
    public required Interval? ExplainedVariance { get; init; }

    /// <summary>Similarity between seeds.</summary>
    [Description("Similarity between seeds against chance, on this transformer.")]
    public required ScoreEntry? Stability { get; init; }

    /// <summary>Agreement with the ground truth.</summary>
    [Description("Agreement with the ground truth against chance, on this transformer.")]
    public required ScoreEntry? GroundTruth { get; init; }

    internal static TransformerScoresEntry Of(TransformerScores scores) => new()
    {
        Transformer = scores.Transformer,
        ExplainedVariance = scores.ExplainedVariance,
        Stability = scores.Stability is { } stability ? ScoreEntry.Of(stability) : null,
        GroundTruth = scores.GroundTruth is { } truth ? ScoreEntry.Of(truth) : null,
    };
}
