namespace Husai.Analysis.Verdicts;

/// <summary>
/// Whether configurations score higher than their counterparts, which must not reach them if the score says anything: by intervals over
/// seeds, or over models where there are several.
/// </summary>
internal abstract class CounterpartComparison
{
    /// <summary>The answer where no counterpart reaches its configuration.</summary>
    protected abstract string AllHigher { get; }

    /// <summary>What is missing where nothing can be said.</summary>
    protected abstract string Unknown { get; }

    /// <summary>The answer for a study; null where there are no counterparts.</summary>
    /// <param name="configurations">All of the study.</param>
    public string? Answer(IReadOnlyList<ConfigurationMeasures> configurations)
    {
        ConfigurationMeasures[] compared =
        [
            .. from configuration in configurations
               where HasInterval(configuration) && CounterpartsOf(configuration, configurations).Any(HasInterval)
               select configuration,
        ];
        if (compared.Length == 0)
        {
            return configurations.Any(configuration => NameOfCompared(configuration) is not null) ? Unknown : null;
        }

        (ConfigurationMeasures, string)[] reached =
        [
            .. from configuration in compared
               let sentence = Sentence(configuration, configurations)
               where sentence is not null
               select (configuration, sentence),
        ];
        return reached.Length == 0
            ? AllHigher
            : Answer(reached.Length == compared.Length ? "Yes" : $"In {reached.Length} of {compared.Length}", reached);
    }

    /// <summary>A sentence on a configuration that counterparts of it reach; null where none does, or where that cannot be said.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="configurations">All of the study.</param>
    public string? Sentence(ConfigurationMeasures configuration, IReadOnlyList<ConfigurationMeasures> configurations)
    {
        string[] equal =
        [
            .. from counterpart in CounterpartsOf(configuration, configurations)
               where IntervalOf(counterpart)?.High >= IntervalOf(configuration)?.Low
               select NameWithScore(counterpart),
        ];
        return equal.Length == 0 ? null : Sentence(NameWithScore(configuration), string.Join(" and ", equal));
    }

    /// <summary>Name of the configuration that one is the counterpart of; null for what is none.</summary>
    protected abstract string? NameOfCompared(ConfigurationMeasures configuration);

    /// <summary>The ends of the score's interval; null where it is missing.</summary>
    protected abstract (double? Low, double? High)? IntervalOf(ConfigurationMeasures configuration);

    /// <summary>The configuration with its score, such as <c>wide (0.950 [0.940, 0.960])</c>.</summary>
    protected abstract string NameWithScore(ConfigurationMeasures configuration);

    /// <summary>The sentence on a configuration and the counterparts that reach it.</summary>
    protected abstract string Sentence(string configuration, string counterparts);

    /// <summary>The answer on those that are reached.</summary>
    protected abstract string Answer(string share, IReadOnlyList<(ConfigurationMeasures Configuration, string Sentence)> reached);

    private IEnumerable<ConfigurationMeasures> CounterpartsOf(
        ConfigurationMeasures configuration, IReadOnlyList<ConfigurationMeasures> configurations) =>
        configurations.Where(other => NameOfCompared(other) == configuration.Name);

    private bool HasInterval(ConfigurationMeasures configuration) => IntervalOf(configuration) is { Low: not null, High: not null };
}
