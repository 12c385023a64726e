using Husai.Analysis.Options;

namespace Husai.Analysis.Similarity;

/// <summary>How the matched cosines become one number.</summary>
public enum MatchReduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The share of them above a threshold.</summary>
    [OptionName("fraction", "fraction_above_threshold")]
    FractionAboveThreshold,
}
