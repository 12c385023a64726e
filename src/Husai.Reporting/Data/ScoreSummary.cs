using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A further score with its interval and, where there is one, its level.</summary>
public sealed record ScoreSummary
{
    /// <summary>Full name, such as <c>signed cosine, hungarian, decoder, mean</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The score with its interval over seeds.</summary>
    public required Interval Value { get; init; }

    /// <summary>What its level is, such as <c>same shape</c>, or empty.</summary>
    public string ChanceName { get; init; } = "";

    /// <summary>Its level, or null.</summary>
    public ChanceLevel? Chance { get; init; }

    /// <summary>(score - level) / (1 - level) with its interval, or null.</summary>
    public Kappa? Kappa { get; init; }
}
