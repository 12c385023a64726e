using Husai.Analysis.Stability;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Studies;

/// <summary>
/// One configuration on several transformers that differ only in their seed: means over the transformers, which are the sample of the
/// intervals.
/// </summary>
internal static class TransformerPooling
{
    /// <summary>Pools what belongs together; the order is that of the first transformer.</summary>
    /// <param name="parts">Each configuration on each transformer, under the name that its study gives it.</param>
    /// <param name="name">The name of what was pooled.</param>
    /// <param name="trained">The name of the configuration that one on controls belongs to; null where there are no controls.</param>
    public static IReadOnlyList<ConfigurationResults> Pool(
        IEnumerable<ConfigurationResults> parts, Func<ConfigurationResults, string> name,
        Func<ConfigurationResults, string?>? trained = null) =>
    [
        .. parts.GroupBy(part => (part.Study, part.Family, part.Site, part.Name))
            .Select(group => group.Count() == 1 ? group.First() : Pool([.. group]))
            .Select(pooled => pooled with
            {
                Name = name(pooled),
                BaselineOf = pooled.BaselineOf is { } learnt ? name(pooled with { Name = learnt }) : null,
                ControlOf = trained?.Invoke(pooled),
            }),
    ];

    private static ConfigurationResults Pool(IReadOnlyList<ConfigurationResults> all)
    {
        double? Mean(Func<ConfigurationResults, double?> value) => all.All(part => value(part) is not null) ? all.Average(value) : null;
        return all[0] with
        {
            Transformer = "",
            EffectiveRank = all.Average(part => part.EffectiveRank),
            ExplainedVariance = Pooling.Mean(all, part => part.ExplainedVariance),
            L0 = Pooling.Mean(all, part => part.L0),
            DeadFraction = Pooling.Mean(all, part => part.DeadFraction),
            SplicedAccuracy = Pooling.Mean(all, part => part.SplicedAccuracy),
            Stability = Pooling.Whole(all, part => part.Stability) is { } stability ? StabilityScore.OverModels(stability) : null,
            Shared = Pooling.Whole(all, part => part.Shared) is { } shared ? StabilityScore.OverModels(shared) : null,
            Circuit = Pooling.Whole(all, part => part.Circuit) is { } circuit ? CircuitScore.OverModels(circuit) : null,
            ProbeR2 = Mean(part => part.ProbeR2),
            Purity = Mean(part => part.Purity),
            NeuronOverlap = Mean(part => part.NeuronOverlap),
            NeuronProbeR2 = Mean(part => part.NeuronProbeR2),
            NeuronPurity = Mean(part => part.NeuronPurity),
            ComponentOverlap = Mean(part => part.ComponentOverlap),
            OtherScores = [.. all.SelectMany(part => part.OtherScores).GroupBy(score => score.Name).Select(group => Score([.. group]))],
            Transformers = all,
            Seeds = [.. all.SelectMany(part => part.Seeds)],
            BestMatches = Pooling.Mean([.. all.Select(part => part.BestMatches).OfType<BestMatchHistogram>()]),
            LatentPoints = [.. all.SelectMany(part => part.LatentPoints)],
            Portraits = [],
            Dynamics = [
                .. all.SelectMany(part => part.Dynamics).GroupBy(point => point.Step).OrderBy(group => group.Key)
                    .Select(group => Point(group.Key, [.. group]))],
            Function = FunctionScore.OverModels(all.SelectMany(part => part.Function)),
            Firing = Sum([.. all.Select(part => part.Firing).OfType<FiringSummary>()]),
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
        ToCircuit = Pooling.Mean(points, point => point.ToCircuit),
    };

    private static FiringSummary? Sum(IReadOnlyList<FiringSummary> parts) => parts.Count == 0 ? null : parts[0] with
    {
        Counts = [.. parts[0].Counts.Select((_, bin) => parts.Sum(part => part.Counts[bin]))],
        Dead = parts.Sum(part => part.Dead),
    };
}
