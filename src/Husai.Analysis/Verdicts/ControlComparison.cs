using Husai.Analysis.Stability;

namespace Husai.Analysis.Verdicts;

/// <summary>
/// Whether the seeds of configurations agree more on a trained network than on networks that learnt no circuit, by the intervals of
/// kappa (the question of Heap et al. 2025, arXiv:2501.17727, asked of stability).
/// </summary>
internal static class ControlComparison
{
    /// <summary>The answer for a study; null where there are no controls.</summary>
    public static string? Answer(IReadOnlyList<ConfigurationMeasures> configurations)
    {
        ConfigurationMeasures[] compared =
        [
            .. from configuration in configurations
               where HasInterval(configuration) && ControlsOf(configuration, configurations).Any(HasInterval)
               select configuration,
        ];
        if (compared.Length == 0)
        {
            return configurations.Any(configuration => configuration.ControlOf is not null)
                ? "Not said: that takes an interval of kappa on the trained network and on a control."
                : null;
        }

        string[] equalled =
        [
            .. from configuration in compared
               where Sentence(configuration, configurations) is not null
               select configuration.Name,
        ];
        return equalled.Length == 0
            ? "No: the seeds of each configuration agree more on the trained network."
            : $"{(equalled.Length == compared.Length ? "Yes" : $"In {equalled.Length} of {compared.Length}")}: "
                + $"{string.Join(", ", equalled)}. That agreement does not come from what the network learnt.";
    }

    /// <summary>A sentence on a configuration whose seeds agree as much on controls; null where they do not, or where that cannot be
    /// said.</summary>
    public static string? Sentence(ConfigurationMeasures configuration, IReadOnlyList<ConfigurationMeasures> configurations)
    {
        string[] equal =
        [
            .. from control in ControlsOf(configuration, configurations)
               where control.Stability?.Kappa?.High >= configuration.Stability?.Kappa?.Low
               select $"{control.Name} ({control.Stability!.Kappa!.ToText()})",
        ];
        return equal.Length == 0
            ? null
            : $"The kappa of {configuration.Name} ({configuration.Stability!.Kappa!.ToText()}) is no higher than that of "
                + $"{string.Join(" and ", equal)}: that agreement does not come from what the network learnt.";
    }

    private static IEnumerable<ConfigurationMeasures> ControlsOf(
        ConfigurationMeasures configuration, IReadOnlyList<ConfigurationMeasures> configurations) =>
        configurations.Where(other => other.ControlOf == configuration.Name);

    private static bool HasInterval(ConfigurationMeasures configuration) =>
        configuration.Stability?.Kappa is { Low: not null, High: not null };
}
