namespace Husai.Reporting;

/// <summary>Compares a score with the strongest chance level.</summary>
internal static class AboveChance
{
    /// <summary>Where the interval lies.</summary>
    public static Reproducibility Of(ScoreSummary? score)
    {
        if (score is { Excess: { Low: { } lowest, High: { } highest } excess })
        {
            return Compare(excess.Mean, lowest, highest, level: 0);
        }

        if (score?.StrongestChance() is not { } chance || score.Value is not { Low: { } low, High: { } high } value || !double.IsFinite(value.Mean))
        {
            return Reproducibility.NotMeasured;
        }

        return Compare(value.Mean, low, high, chance.Value + (VerdictThresholds.ChanceStandardErrors * chance.StandardError));
    }

    private static Reproducibility Compare(double mean, double low, double high, double level) =>
        low > level ? Reproducibility.BeyondChance
        : mean <= level || high <= level ? Reproducibility.AtChance
        : Reproducibility.Undecided;

    /// <summary>How far the circuit is recovered.</summary>
    public static Recovery RecoveryOf(ScoreSummary? score) => Of(score) switch
    {
        Reproducibility.NotMeasured => Recovery.NotMeasured,
        Reproducibility.BeyondChance => score!.Value.Mean >= VerdictThresholds.RecoveredOverlap ? Recovery.Recovered : Recovery.PartlyRecovered,
        _ => Recovery.NotRecovered,
    };
}
