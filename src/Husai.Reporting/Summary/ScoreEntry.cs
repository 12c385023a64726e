using System.ComponentModel;
using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A further score in <c>summary.json</c>.</summary>
public sealed record ScoreEntry
{
    /// <summary>Full name.</summary>
    [Description("Full name.")]
    public required string Name { get; init; }

    /// <summary>The score.</summary>
    [Description("The score with its interval over seeds, or over transformers where there are several (mean, standard_error, low, high, confidence, seeds).")]
    public required Interval Value { get; init; }

    /// <summary>What its level is.</summary>
    [Description("What its level is, such as same shape, or empty.")]
    public required string ChanceName { get; init; }

    /// <summary>Its level.</summary>
    [Description("Its level (value, se, draws), or null.")]
    public required ChanceLevel? Chance { get; init; }

    /// <summary>Chance-corrected score.</summary>
    [Description("(score - level) / (1 - level) with its interval (value, low, high), or null.")]
    public required Kappa? Kappa { get; init; }

    internal static ScoreEntry Of(ScoreSummary score) => new()
    {
        Name = score.Name,
        Value = score.Value,
        ChanceName = score.ChanceName,
        Chance = score.Chance,
        Kappa = score.Kappa,
    };
}
