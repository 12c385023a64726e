using Husai.Analysis;
using Husai.Experiments.Studies;

namespace Husai.Reporting;

/// <summary>One configuration on several transformers that differ only in their seed: means over the transformers, which are the sample of the intervals.</summary>
internal static class TransformerPooling
{
    /// <summary>Pools what belongs together; the order is that of the first transformer.</summary>
    /// <param name="parts">Each configuration on each transformer, with its name over all of them.</param>
    public static IReadOnlyList<ConfigurationSummary> Pool(IEnumerable<(SiteResults Site, string PooledName, ConfigurationSummary Summary)> parts) =>
    [
        .. parts.GroupBy(part => part.PooledName).Select(group => group.Count() == 1
            ? group.First().Summary
            : Pool(group.Key, [.. group.Select(part => (part.Site.Transformer, part.Summary))], group.First().Site.Site.Name)),
    ];

    private static ConfigurationSummary Pool(string name, IReadOnlyList<(string Transformer, ConfigurationSummary Summary)> parts, string site)
    {
        var all = parts.Select(part => part.Summary).ToArray();
        return all[0] with
        {
            Name = name,
            Site = FormattableString.Invariant($"{parts.Count} transformers, {site}"),
            ExplainedVariance = Means(all, summary => summary.ExplainedVariance),
            L0 = Means(all, summary => summary.L0),
            DeadFraction = Means(all, summary => summary.DeadFraction),
            Stability = Score([.. all.Select(summary => summary.Stability).OfType<ScoreSummary>()]),
            GroundTruth = Score([.. all.Select(summary => summary.GroundTruth).OfType<ScoreSummary>()]),
            OtherScores = [.. all.SelectMany(summary => summary.OtherScores).GroupBy(score => score.Name).Select(group => Score([.. group])).OfType<ScoreSummary>()],
            Transformers = [.. parts.Select(part => new TransformerScores
            {
                Transformer = part.Transformer,
                ExplainedVariance = part.Summary.ExplainedVariance,
                Stability = part.Summary.Stability,
                GroundTruth = part.Summary.GroundTruth,
            })],
            Seeds = [.. all.SelectMany(summary => summary.Seeds)],
            BestMatches = Mean([.. all.Select(summary => summary.BestMatches).OfType<CosineDistributionData>()]),
            LatentPoints = [.. all.SelectMany(summary => summary.LatentPoints)],
            Dynamics = [.. all.SelectMany(summary => summary.Dynamics).GroupBy(point => point.Step).OrderBy(group => group.Key).Select(group => Point(group.Key, [.. group]))],
            Firing = Sum([.. all.Select(summary => summary.Firing).OfType<FiringHistogram>()]),
        };
    }

    private static Interval? Means<T>(IEnumerable<T> parts, Func<T, Interval?> choose) =>
        SeedIntervals.Of([.. parts.Select(part => choose(part)?.Mean).OfType<double>()]);

    private static ScoreSummary? Score(IReadOnlyList<ScoreSummary> scores) => scores.Count == 0 ? null : scores[0] with
    {
        Value = Means(scores, score => score.Value)!,
        IsotropicChance = Level(scores, score => score.IsotropicChance),
        CovarianceChance = Level(scores, score => score.CovarianceChance),
        Excess = SeedIntervals.Of([.. scores.Select(score => score.Value.Mean - score.StrongestChance()?.Value).OfType<double>()]),
    };

    private static ChanceLevel? Level(IReadOnlyList<ScoreSummary> scores, Func<ScoreSummary, ChanceLevel?> choose)
    {
        var levels = scores.Select(choose).OfType<ChanceLevel>().ToArray();
        return levels.Length == 0 ? null : new ChanceLevel(
            levels.Average(level => level.Value), Math.Sqrt(levels.Sum(level => level.StandardError * level.StandardError)) / levels.Length,
            levels.Sum(level => level.Draws));
    }

    private static DynamicsPoint Point(long step, DynamicsPoint[] points)
    {
        var chances = points.Select(point => point.Chance).OfType<double>().ToArray();
        var (similarity, chance) = (Means(points, point => point.ToOtherSeeds), chances.Length == 0 ? (double?)null : chances.Average());
        return new DynamicsPoint
        {
            Step = step,
            ToOtherSeeds = similarity,
            Chance = chance,
            Kappa = similarity is not null && chance is { } level ? Kappa.Corrected(similarity.Mean, level) : null,
            ToFinalSelf = Means(points, point => point.ToFinalSelf),
            ExplainedVariance = Means(points, point => point.ExplainedVariance),
            ToGroundTruth = Means(points, point => point.ToGroundTruth),
        };
    }

    private static CosineDistributionData? Mean(IReadOnlyList<CosineDistributionData> parts)
    {
        return parts.Count == 0 ? null : parts[0] with
        {
            Observed = Shares(part => part.Observed),
            Isotropic = Shares(part => part.Isotropic),
            CovarianceMatched = Shares(part => part.CovarianceMatched),
        };

        double[] Shares(Func<CosineDistributionData, IReadOnlyList<double>> choose) =>
            [.. Enumerable.Range(0, parts.Min(part => choose(part).Count)).Select(bin => parts.Average(part => choose(part)[bin]))];
    }

    private static FiringHistogram? Sum(IReadOnlyList<FiringHistogram> parts) => parts.Count == 0 ? null : parts[0] with
    {
        Counts = [.. parts[0].Counts.Select((_, bin) => parts.Sum(part => part.Counts[bin]))],
        Dead = parts.Sum(part => part.Dead),
    };
}
