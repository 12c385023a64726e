using System.Text.Json.Serialization;
using Husai.Autoencoders.Options;
using Husai.Formats.Json;

namespace Husai.Autoencoders.Metrics;

/// <summary>One line of the verdict on a trained SAE.</summary>
/// <param name="Name">What is compared how, such as <c>explained_variance_at_least</c>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">The limit it is compared with; not a number, and null in JSON, where that is no number.</param>
/// <param name="Ok">Whether it holds.</param>
/// <param name="RedFlag">Whether not holding is a failure, not just less than expected.</param>
internal sealed record SaeCheck(
    string Name, [property: JsonConverter(typeof(UndefinedAsNull))] double Value,
    [property: JsonConverter(typeof(UndefinedAsNull))] double Limit, bool Ok, bool RedFlag)
{
    /// <summary>The verdict.</summary>
    /// <param name="options">What was trained, with the limits.</param>
    /// <param name="metrics">What was measured.</param>
    /// <param name="isArithmetic">Whether the activations are those of an arithmetic task, of which it is known what to expect.</param>
    public static IReadOnlyList<SaeCheck> Of(SaeOptions options, ReconstructionMetrics metrics, bool isArithmetic)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(metrics);
        var limits = isArithmetic ? options.Checks.ForArithmetic() : options.Checks;
        var checks = new List<SaeCheck>(options.Method().Checks(options, limits, metrics));
        Add(limits.ExplainedVariance, limit => AtLeast("explained_variance_expected", metrics.ExplainedVariance, limit, false));
        Add(limits.LowestExplainedVariance, limit => AtLeast("explained_variance_lowest", metrics.ExplainedVariance, limit, true));
        if (limits.LowestExplainedVariance is null)
        {
            checks.Add(new SaeCheck("mse_is_a_number", metrics.Mse, double.NaN, double.IsFinite(metrics.Mse), true));
        }

        Add(limits.DeadFraction, limit => AtMost("dead_fraction_expected", metrics.DeadFraction, limit, false));
        checks.Add(AtMost("dead_fraction_highest", metrics.DeadFraction, limits.HighestDeadFraction, true));
        return checks;

        void Add(double? limit, Func<double, SaeCheck> check)
        {
            if (limit is { } given)
            {
                checks.Add(check(given));
            }
        }
    }

    internal static SaeCheck AtLeast(string name, double value, double limit, bool redFlag) =>
        new(name, value, limit, value >= limit, redFlag);

    internal static SaeCheck AtMost(string name, double value, double limit, bool redFlag) =>
        new(name, value, limit, value <= limit, redFlag);
}
