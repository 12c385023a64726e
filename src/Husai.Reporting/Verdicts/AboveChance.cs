namespace Husai.Reporting;

/// <summary>Compares a score with the strongest chance level.</summary>
internal static class AboveChance
{
    /// <summary>Where the interval lies.</summary>
    public static Reproducibility Of(ScoreSummary? score)
    {
        if (score?.StrongestChance() is not { } chance || score.Value is not { Low: { } low, High: { } high } value || !double.IsFinite(value.Mean))
        {
            return Reproducibility.NotMeasured;
        }

        var level = chance.Value + (VerdictThresholds.ChanceStandardErrors * chance.StandardError);
        return low > level ? Reproducibility.BeyondChance
            : value.Mean <= level || high <= level ? Reproducibility.AtChance
            : Reproducibility.Undecided;
    }

    /// <summary>How far the circuit is recovered.</summary>
    public static Recovery RecoveryOf(ScoreSummary? score) => Of(score) switch
    {
        Reproducibility.NotMeasured => Recovery.NotMeasured,
        Reproducibility.BeyondChance => score!.Value.Mean >= VerdictThresholds.RecoveredOverlap ? Recovery.Recovered : Recovery.PartlyRecovered,
        _ => Recovery.NotRecovered,
    };
}
