using System.ComponentModel;
using Husai.Analysis.Chance;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Experiments.Studies.Results;

/// <summary>A further score with its interval and, where there is one, its level.</summary>
public sealed record ScoreSummary
{
    /// <summary>Full name, such as <c>signed cosine, hungarian, decoder, mean</c>.</summary>
    [Description("Full name.")]
    public required string Name { get; init; }

    /// <summary>The score with its interval over seeds.</summary>
    [Description(
        "The score with its interval over seeds, or over transformers where there are several (mean, standard_error, low, high, "
            + "confidence, seeds).")]
    public required Interval Value { get; init; }

    /// <summary>What its level is, such as <c>same shape</c>, or empty.</summary>
    [Description("What its level is, such as same shape, or empty.")]
    public string ChanceName { get; init; } = "";

    /// <summary>Its level, or null.</summary>
    [Description("Its level (value, se, draws), or null.")]
    public ChanceLevel? Chance { get; init; }

    /// <summary>(score - level) / (1 - level) with its interval, or null.</summary>
    [Description("(score - level) / (1 - level) with its interval (value, low, high), or null.")]
    public Kappa? Kappa { get; init; }
}
