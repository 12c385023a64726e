using System.ComponentModel;
using Husai.Analysis.Comparison;
using Husai.Reporting.Data;

namespace Husai.Reporting.Summary;

/// <summary>A comparison of two configurations in <c>summary.json</c>.</summary>
internal sealed record ComparisonEntry
{
    /// <summary>The first.</summary>
    [Description("Name of the first configuration.")]
    public required string First { get; init; }

    /// <summary>The second.</summary>
    [Description("Name of the second configuration.")]
    public required string Second { get; init; }

    /// <summary>What the sample are.</summary>
    [Description("seeds or transformers: what the sample are.")]
    public required string Sample { get; init; }

    /// <summary>The difference.</summary>
    [Description(
        "First minus second kappa (value, low, high: Welch's interval; p two-sided, p_floor the least that so many seeds allow); null "
            + "where a kappa is refused.")]
    public required KappaDifference? Difference { get; init; }

    /// <summary>p after correction.</summary>
    [Description("p after Holm's correction over the comparisons, or null.")]
    public required double? AdjustedP { get; init; }

    internal static ComparisonEntry Of(ConfigurationComparison comparison) => new()
    {
        First = comparison.Test.First,
        Second = comparison.Test.Second,
        Sample = comparison.Sample,
        Difference = comparison.Test.Difference,
        AdjustedP = comparison.Test.AdjustedP,
    };
}
