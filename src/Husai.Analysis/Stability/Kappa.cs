using System.Globalization;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>
/// Chance-corrected similarity of a set of seeds, (mean x - mean r) / (1 - mean r) over the pairs, with the level r of each pair.
/// </summary>
/// <param name="Value">0 at chance, 1 for the same dictionary.</param>
/// <param name="StandardError">Its standard error; null with fewer than three seeds, or where chance leaves no room without one.</param>
/// <param name="Low">Lower end of its interval, or null.</param>
/// <param name="High">Upper end of its interval, or null.</param>
/// <param name="Seeds">Number of seeds behind it.</param>
public sealed record Kappa(double Value, double? StandardError, double? Low, double? High, int Seeds)
{
    /// <summary>Chance leaves no room when less than this lies between it and 1.</summary>
    public const double LeastRoom = 0.02;

    /// <summary>
    /// Kappa of a set: the interval is a leave-one-seed-out jackknife of the ratio, so that it carries the Monte Carlo error of the levels
    /// too. Null where chance leaves no room.
    /// </summary>
    /// <param name="scores">Symmetric <c>[seeds, seeds]</c>; the diagonal is not read.</param>
    /// <param name="levels">Level of each pair, as <paramref name="scores"/>.</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    public static Kappa? Of(double[][] scores, double[][] levels, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(levels);
        if (!HasRoom(PairMean.Of(levels)))
        {
            return null;
        }

        // With a seed left out chance may leave no room at all: the ratio has no value then, and kappa no interval.
        var interval = IntervalOf(scores, levels, confidence);
        return Of(interval.StandardError is { } error && !double.IsFinite(error)
            ? interval with { StandardError = null, Low = null, High = null }
            : interval);
    }

    /// <summary>The same as an interval, however little room chance leaves.</summary>
    internal static Interval IntervalOf(double[][] scores, double[][] levels, double confidence) => Jackknife.Of(
        scores.Length, leftOut => Corrected(PairMean.Of(scores, leftOut), PairMean.Of(levels, leftOut)), confidence, fewestSeeds: 3);

    /// <summary>Takes an interval of chance-corrected scores as it is.</summary>
    internal static Kappa Of(Interval corrected) =>
        new(corrected.Mean, corrected.StandardError, corrected.Low, corrected.High, corrected.Seeds);

    /// <summary>(score - chance) / (1 - chance): 0 at chance and 1 at identity.</summary>
    public static double Corrected(double score, double chance) => (score - chance) / (1 - chance);

    /// <summary>Whether a level leaves anything to find above it.</summary>
    public static bool HasRoom(double chance) => 1 - chance >= LeastRoom;

    /// <summary>A chance-corrected number for people; below -1 it has no meaning, and <c>&lt; -1</c> is all that is said.</summary>
    /// <param name="kappa">The number.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static string Text(double kappa, int decimals = 3)
    {
        var rounded = Math.Round(kappa, decimals);
        return rounded < -1
            ? "< -1"
            : (rounded == 0 ? 0 : rounded).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Value and interval for people, such as <c>0.015 [0.012, 0.018]</c>.</summary>
    /// <param name="decimals">Digits after the point.</param>
    public string ToText(int decimals = 3) =>
        Low is { } low && High is { } high
            ? $"{Text(Value, decimals)} [{Text(low, decimals)}, {Text(high, decimals)}]"
            : Text(Value, decimals);
}
