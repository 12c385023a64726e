using System.Globalization;

namespace Husai.Analysis.Verdicts;

/// <summary>
/// Whether configurations explain more variance than their frozen baselines (the question of Korznikov et al. 2026, arXiv:2602.14111, as
/// we read it).
/// </summary>
internal sealed class BaselineComparison : CounterpartComparison
{
    /// <inheritdoc/>
    protected override string AllHigher => "No: each configuration explains more variance than its baselines.";

    /// <inheritdoc/>
    protected override string Unknown => "Not said: that takes three seeds of a configuration and of a baseline of it.";

    /// <inheritdoc/>
    protected override string? NameOfCompared(ConfigurationMeasures configuration) => configuration.BaselineOf;

    /// <inheritdoc/>
    protected override (double? Low, double? High)? IntervalOf(ConfigurationMeasures configuration) =>
        configuration.ExplainedVariance is { } interval ? (interval.Low, interval.High) : null;

    /// <inheritdoc/>
    protected override string NameWithScore(ConfigurationMeasures configuration)
    {
        var interval = configuration.ExplainedVariance!;
        return string.Create(
            CultureInfo.InvariantCulture, $"{configuration.Name} ({interval.Mean:0.000} [{interval.Low:0.000}, {interval.High:0.000}])");
    }

    /// <inheritdoc/>
    protected override string Sentence(string configuration, string counterparts) =>
        $"The explained variance of {configuration} is no higher than that of {counterparts}: it does not show that what is frozen there "
            + "was learnt.";

    /// <inheritdoc/>
    protected override string Answer(string share, IReadOnlyList<(ConfigurationMeasures Configuration, string Sentence)> reached) =>
        $"{share}. {string.Join(" ", reached.Select(one => one.Sentence))}";
}
