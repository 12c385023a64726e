using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;

namespace Husai.Experiments.Studies.Results;

/// <summary>Scores that the report shows beside those that the verdict reads.</summary>
internal static class FurtherScores
{
    /// <summary>A further similarity between seeds.</summary>
    public static ScoreSummary Of(SeedSimilarity similarity) => new()
    {
        Name = similarity.Name,
        Value = similarity.Interval,
        ChanceName = "same shape",
        Chance = similarity.Levels.SameShape,
        Kappa = similarity.Kappa,
    };

    /// <summary>Overlap of leading directions.</summary>
    public static ScoreSummary Of(SubspaceAgreement subspace, int seeds) => new()
    {
        Name = FormattableString.Invariant($"overlap of the {subspace.Dimension} leading decoder directions"),
        Value = subspace.Interval ?? new Interval(subspace.Overlap, null, null, null, 0.95, seeds),
        ChanceName = "random subspaces",
        Chance = new ChanceLevel(subspace.Chance, 0, 0),
    };

    /// <summary>Scores against the circuit.</summary>
    public static IEnumerable<ScoreSummary> Of(RecoveryResult recovery) => ((ScoreSummary?[])
    [
        Presence(recovery.Verdict),
        Matched(
            recovery, "GT-MCC, planes: root energy, hungarian, mean", "other planes of the same span",
            match => (match.Planes?.Score, match.Planes?.OtherPlanes)),
        Matched(
            recovery, "GT-MCC, answers: signed cosine, hungarian, decoder, mean", "directions drawn like the activations (a reference)",
            match => (match.Answers, match.AnswersChance)),
        Plain(recovery, "share of the mean ablation's loss that reconstructions avoid", seed => seed.Splice?.CeRecoveredMean),
        Plain(recovery, "share of planes with latents of their own", seed => seed.Report.Coverage.Share),
        Plain(
            recovery, "fourier overlap as published (coordinates cut to p: chance by construction)",
            seed => seed.Report.FourierOverlapAsPublished),
    ]).OfType<ScoreSummary>();

    private static ScoreSummary? Presence(CircuitVerdict? verdict) =>
        verdict is not { Presence: { } presence, References: { } references } ? null : new ScoreSummary
        {
            Name = "presence: energy of the decoder rows in the span of all planes, mean",
            Value = presence,
            ChanceName = "isotropic directions",
            Chance = new ChanceLevel(references.Presence, 0, 0),
        };

    private static ScoreSummary? Matched(
        RecoveryResult recovery, string name, string chanceName, Func<CircuitMatch, (double? Score, ChanceLevel? Chance)> choose)
    {
        var scores = recovery.Seeds.Select(seed => choose(seed.Report.GtMcc)).Where(score => score is { Score: not null, Chance: not null })
            .ToList();
        return scores.Count == 0 ? null : new ScoreSummary
        {
            Name = name,
            Value = Pooling.Mean([.. scores.Select(score => score.Score!.Value)])!,
            ChanceName = chanceName,
            // One draw of the level serves all seeds of a site, so its error does not shrink with their number.
            Chance = new ChanceLevel(
                scores.Average(score => score.Chance!.Value), scores.Average(score => score.Chance!.StandardError),
                scores.Min(score => score.Chance!.Draws)),
        };
    }

    private static ScoreSummary? Plain(RecoveryResult recovery, string name, Func<SeedRecovery, double?> choose) =>
        Pooling.Mean([.. recovery.Seeds.Select(choose).OfType<double>().Where(double.IsFinite)]) is { } interval
            ? new ScoreSummary { Name = name, Value = interval }
            : null;
}
