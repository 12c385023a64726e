using Husai.Analysis;
using Husai.Experiments.Studies;

namespace Husai.Reporting;

/// <summary>Scores against the known circuit, over the seeds of a configuration.</summary>
internal static class RecoveryScores
{
    /// <summary>The score that the verdict reads; null where the site has no planes.</summary>
    /// <param name="recovery">Recovery by each seed.</param>
    /// <param name="nullDirections">Random directions behind each level.</param>
    public static ScoreSummary? Overlap(RecoveryResult recovery, int nullDirections)
    {
        var seeds = recovery.Seeds.Where(seed => seed.Report is { FourierOverlap: not null, Nulls: not null }).ToList();
        return seeds.Count == 0 ? null : new ScoreSummary
        {
            Name = "fourier overlap: energy of the decoder rows in their best plane, mean",
            Value = SeedIntervals.Of([.. seeds.Select(seed => seed.Report.FourierOverlap!.Value)])!,
            IsotropicChance = Level(seeds, nullDirections, nulls => nulls.Isotropic),
            CovarianceChance = Mean([.. seeds.Select(seed => seed.Report.ChoiceOfPlane!.OtherPlanes)]),
        };
    }

    public static IEnumerable<ScoreSummary> Others(RecoveryResult recovery) => ((ScoreSummary?[])
    [
        Matched(recovery, "GT-MCC, planes: root energy, hungarian, mean", match => (match.Planes?.Score, match.Planes?.OtherPlanes)),
        Matched(recovery, "GT-MCC, answers: signed cosine, hungarian, decoder, mean", match => (match.Answers, match.AnswersChance)),
        Plain(recovery, "accuracy with reconstructions in place of activations", seed => seed.Splice?.Spliced.Accuracy),
        Plain(recovery, "share of the mean ablation's loss that reconstructions avoid", seed => seed.Splice?.CeRecoveredMean),
        Plain(recovery, "share of planes with latents of their own", seed => seed.Report.Coverage.Share),
        Plain(recovery, "fourier overlap as published (coordinates cut to p: chance by construction)", seed => seed.Report.FourierOverlapAsPublished),
    ]).OfType<ScoreSummary>();

    private static ScoreSummary? Matched(RecoveryResult recovery, string name, Func<GroundTruthMatch, (double? Score, ChanceLevel? Chance)> choose)
    {
        var scores = recovery.Seeds.Select(seed => choose(seed.Report.GtMcc)).Where(score => score is { Score: not null, Chance: not null }).ToList();
        return scores.Count == 0 ? null : new ScoreSummary
        {
            Name = name,
            Value = SeedIntervals.Of([.. scores.Select(score => score.Score!.Value)])!,
            CovarianceChance = Mean([.. scores.Select(score => score.Chance!)]),
        };
    }

    private static ScoreSummary? Plain(RecoveryResult recovery, string name, Func<SeedRecovery, double?> choose) =>
        SeedIntervals.Of([.. recovery.Seeds.Select(choose).OfType<double>().Where(double.IsFinite)]) is { } interval
            ? new ScoreSummary { Name = name, Value = interval }
            : null;

    // The null's directions are the same for every seed of a site.
    private static ChanceLevel Level(IReadOnlyList<SeedRecovery> seeds, int directions, Func<EnergyNulls, EnergyNull> choose) =>
        Mean([.. seeds.Select(seed => choose(seed.Report.Nulls!)).Select(
            level => new ChanceLevel(level.Mean, level.Deviation / Math.Sqrt(directions), directions))]);

    private static ChanceLevel Mean(IReadOnlyList<ChanceLevel> levels) =>
        new(levels.Average(level => level.Value), levels.Average(level => level.StandardError), levels.Sum(level => level.Draws) / levels.Count);
}
