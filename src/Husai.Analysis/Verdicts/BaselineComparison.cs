using System.Globalization;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Verdicts;

/// <summary>
/// Whether configurations explain more variance than their frozen baselines, by intervals over seeds, or over models where there are
/// several (the question of Korznikov et al. 2026, arXiv:2602.14111, as we read it).
/// </summary>
internal static class BaselineComparison
{
    /// <summary>The answer for a study; null where there are no baselines.</summary>
    public static string? Answer(IReadOnlyList<ConfigurationMeasures> configurations)
    {
        ConfigurationMeasures[] compared =
        [
            .. from configuration in configurations
               where HasInterval(configuration) && BaselinesOf(configuration, configurations).Any(HasInterval)
               select configuration,
        ];
        if (compared.Length == 0)
        {
            return configurations.Any(configuration => configuration.BaselineOf is not null)
                ? "Not said: that takes three seeds of a configuration and of a baseline of it."
                : null;
        }

        string[] equalled = [.. compared.Select(configuration => Sentence(configuration, configurations)).OfType<string>()];
        return equalled.Length == 0
            ? "No: each configuration explains more variance than its baselines."
            : $"{(equalled.Length == compared.Length ? "Yes" : Format($"In {equalled.Length} of {compared.Length}"))}. "
                + string.Join(" ", equalled);
    }

    /// <summary>A sentence on a configuration that baselines of it equal; null where none does, or where that cannot be said.</summary>
    public static string? Sentence(ConfigurationMeasures configuration, IReadOnlyList<ConfigurationMeasures> configurations)
    {
        string[] equal =
        [
            .. from baseline in BaselinesOf(configuration, configurations)
               where baseline.ExplainedVariance?.High >= configuration.ExplainedVariance?.Low
               select $"{baseline.Name} ({Text(baseline.ExplainedVariance!)})",
        ];
        return equal.Length == 0
            ? null
            : $"The explained variance of {configuration.Name} ({Text(configuration.ExplainedVariance!)}) is no higher than that of "
                + $"{string.Join(" and ", equal)}: it does not show that what is frozen there was learnt.";
    }

    private static IEnumerable<ConfigurationMeasures> BaselinesOf(
        ConfigurationMeasures configuration, IReadOnlyList<ConfigurationMeasures> configurations) =>
        configurations.Where(other => other.BaselineOf == configuration.Name);

    private static bool HasInterval(ConfigurationMeasures configuration) =>
        configuration.ExplainedVariance is { Low: not null, High: not null };

    private static string Text(Interval interval) => Format($"{interval.Mean:0.000} [{interval.Low:0.000}, {interval.High:0.000}]");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
