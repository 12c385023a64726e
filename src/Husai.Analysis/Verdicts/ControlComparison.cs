namespace Husai.Analysis.Verdicts;

/// <summary>
/// Whether the seeds of configurations agree more on a trained network than on networks that learnt no circuit, by kappa (the question of
/// Heap et al. 2025, arXiv:2501.17727, asked of stability).
/// </summary>
internal sealed class ControlComparison : CounterpartComparison
{
    /// <inheritdoc/>
    protected override string AllHigher => "No: the seeds of each configuration agree more on the trained network.";

    /// <inheritdoc/>
    protected override string Unknown => "Not said: that takes an interval of kappa on the trained network and on a control.";

    /// <inheritdoc/>
    protected override string? NameOfCompared(ConfigurationMeasures configuration) => configuration.ControlOf;

    /// <inheritdoc/>
    protected override (double? Low, double? High)? IntervalOf(ConfigurationMeasures configuration) =>
        configuration.Stability?.Kappa is { } kappa ? (kappa.Low, kappa.High) : null;

    /// <inheritdoc/>
    protected override string NameWithScore(ConfigurationMeasures configuration) =>
        $"{configuration.Name} ({configuration.Stability!.Kappa!.ToText()})";

    /// <inheritdoc/>
    protected override string Sentence(string configuration, string counterparts) =>
        $"The kappa of {configuration} is no higher than that of {counterparts}: that agreement does not come from what the network "
            + "learnt.";

    /// <inheritdoc/>
    protected override string Answer(string share, IReadOnlyList<(ConfigurationMeasures Configuration, string Sentence)> reached) =>
        $"{share}: {string.Join(", ", reached.Select(one => one.Configuration.Name))}. That agreement does not come from what the network "
            + "learnt.";
}
