using System.Globalization;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Statistics.Distributions;

namespace Husai.Analysis.Comparison;

/// <summary>Difference of two sets' chance-corrected similarity. The sample are the seeds.</summary>
/// <param name="Value">Kappa of the first set minus that of the second.</param>
/// <param name="Low">Lower end of its interval: SE² is the sum of the two jackknives', degrees of freedom as Welch's; null when a set has
/// fewer than three seeds.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Two-sided p of a permutation of the set labels over seeds, on the kappa of every pair; null where it cannot be
/// made.</param>
/// <param name="PFloor">The least p that these numbers of seeds allow.</param>
public sealed record KappaDifference(double Value, double? Low, double? High, double? P, double? PFloor)
{
    /// <summary>Value and interval for people, such as <c>0.112 [0.100, 0.124]</c>.</summary>
    public string ToText() => Low is { } low && High is { } high ? $"{Text(Value)} [{Text(low)}, {Text(high)}]" : Text(Value);

    /// <summary>The difference of two kappas with its interval, without a permutation; null where one is missing.</summary>
    /// <param name="first">Kappa of the first set.</param>
    /// <param name="second">Kappa of the second.</param>
    /// <param name="confidence">Of the interval, in (0, 1).</param>
    public static KappaDifference? Of(Kappa? first, Kappa? second, double confidence = 0.95) => Of(first, second, null, confidence);

    internal static KappaDifference? Of(Kappa? first, Kappa? second, TestResult? permutation, double confidence)
    {
        if (first is null || second is null)
        {
            return null;
        }

        var value = first.Value - second.Value;
        double? half = first.StandardError is { } a && second.StandardError is { } b
            ? Half(a, first.Seeds, b, second.Seeds, confidence)
            : null;
        return new KappaDifference(value, value - half, value + half, permutation?.PTwoSided, permutation?.SmallestPTwoSided);
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static double Half(double first, int firstSeeds, double second, int secondSeeds, double confidence)
    {
        var (a, b) = (first * first, second * second);
        if (a + b == 0)
        {
            return 0;
        }

        var freedom = (a + b) * (a + b) / (a * a / (firstSeeds - 1) + b * b / (secondSeeds - 1));
        return Math.Sqrt(a + b) * StudentQuantile.TwoSided(freedom, confidence);
    }
}
