namespace Husai.Reporting;

/// <summary>One configuration in a sentence.</summary>
internal static class ConfigurationWords
{
    public static ConfigurationVerdict Of(ConfigurationSummary configuration)
    {
        var reproducibility = AboveChance.Of(configuration.Stability);
        var recovery = AboveChance.RecoveryOf(configuration.GroundTruth);
        return new ConfigurationVerdict(
            configuration.Name, reproducibility, recovery, configuration.Stability?.Kappa(),
            $"{configuration.Name}: {Stability(reproducibility, configuration.Stability)}; {Circuit(recovery, configuration.GroundTruth)}.");
    }

    private static string Stability(Reproducibility reproducibility, ScoreSummary? score) => reproducibility switch
    {
        Reproducibility.BeyondChance => $"reproducible beyond chance, {Strength(score!.Kappa()!.Value)} ({Against(score)})",
        Reproducibility.AtChance => $"not reproducible beyond chance ({Against(score!)})",
        Reproducibility.Undecided => $"undecided, the interval over seeds reaches chance ({Against(score!)})",
        _ => "reproducibility not measured",
    };

    private static string Circuit(Recovery recovery, ScoreSummary? score) => recovery switch
    {
        Recovery.Recovered => $"recovers the circuit ({Against(score!)})",
        Recovery.PartlyRecovered => $"recovers the circuit in part ({Against(score!)})",
        Recovery.NotRecovered => $"does not recover the circuit beyond chance ({Against(score!)})",
        _ => "recovery of the circuit not measured",
    };

    private static string Strength(double kappa) => kappa switch
    {
        >= VerdictThresholds.StrongKappa => "strongly",
        >= VerdictThresholds.ModerateKappa => "moderately",
        _ => "weakly",
    };

    // Such as: 0.62, 95% interval 0.58 to 0.66, chance 0.48, kappa 0.27
    private static string Against(ScoreSummary score) =>
        $"{Number(score.Value.Mean)}, {100 * score.Value.Confidence:0}% interval {Number(score.Value.Low!.Value)} to {Number(score.Value.High!.Value)}, "
        + $"strongest chance level {Number(score.StrongestChance()!.Value)}, kappa {Number(score.Kappa()!.Value)}";

    private static string Number(double value) => FigureNumbers.Fixed(value, 2);
}
