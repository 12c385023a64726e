using Husai.Analysis.Stability;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Studies;

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
            ExplainedVariance = Pooling.Mean(all, summary => summary.ExplainedVariance),
            L0 = Pooling.Mean(all, summary => summary.L0),
            DeadFraction = Pooling.Mean(all, summary => summary.DeadFraction),
            SplicedAccuracy = Pooling.Mean(all, summary => summary.SplicedAccuracy),
            Stability = Pooling.Whole(all, summary => summary.Stability) is { } stability ? StabilityScore.OverModels(stability) : null,
            Circuit = Pooling.Whole(all, summary => summary.Circuit) is { } circuit ? CircuitScore.OverModels(circuit) : null,
            OtherScores = [.. all.SelectMany(summary => summary.OtherScores).GroupBy(score => score.Name).Select(group => Score([.. group]))],
            Transformers = [.. parts.Select(part => new TransformerScores
            {
                Transformer = part.Transformer,
                ExplainedVariance = part.Summary.ExplainedVariance,
                Stability = part.Summary.Stability,
                Circuit = part.Summary.Circuit,
            })],
            Seeds = [.. all.SelectMany(summary => summary.Seeds)],
            BestMatches = Pooling.Mean([.. all.Select(summary => summary.BestMatches).OfType<BestMatchHistogram>()]),
            LatentPoints = [.. all.SelectMany(summary => summary.LatentPoints)],
            Dynamics = [.. all.SelectMany(summary => summary.Dynamics).GroupBy(point => point.Step).OrderBy(group => group.Key).Select(group => Point(group.Key, [.. group]))],
            Firing = Sum([.. all.Select(summary => summary.Firing).OfType<FiringSummary>()]),
        };
    }

    private static ScoreSummary Score(IReadOnlyList<ScoreSummary> scores) => scores[0] with
    {
        Value = Pooling.Mean(scores, score => score.Value)!,
        Chance = Pooling.Level([.. scores.Select(score => score.Chance)]),
        Kappa = Pooling.Kappa([.. scores.Select(score => score.Kappa)]),
    };

    private static DynamicsSummary Point(long step, DynamicsSummary[] points) => new()
    {
        Step = step,
        ToOtherSeeds = Pooling.Mean(points, point => point.ToOtherSeeds),
        Chance = Pooling.Mean([.. points.Select(point => point.Chance).OfType<double>()])?.Mean,
        Kappa = Pooling.Mean([.. points.Select(point => point.Kappa).OfType<double>()])?.Mean,
        ToFinalSelf = Pooling.Mean(points, point => point.ToFinalSelf),
        ExplainedVariance = Pooling.Mean(points, point => point.ExplainedVariance),
        ToGroundTruth = Pooling.Mean(points, point => point.ToGroundTruth),
    };

    private static FiringSummary? Sum(IReadOnlyList<FiringSummary> parts) => parts.Count == 0 ? null : parts[0] with
    {
        Counts = [.. parts[0].Counts.Select((_, bin) => parts.Sum(part => part.Counts[bin]))],
        Dead = parts.Sum(part => part.Dead),
    };
}
