using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Transformers.Tasks;

namespace Husai.Reporting.Results.Rows;

/// <summary>Reads the rows out of studies.</summary>
internal static class ResultRows
{
    public static IEnumerable<ResultRow> Of(StudyResults study) => study.Sites.SelectMany(site =>
        site.Configurations.Where(configuration => configuration.Seeds.Count > 0).Select(configuration => Row(study, site, configuration)));

    public static IEnumerable<TransformerRow> TransformersOf(StudyResults study) =>
        from transformer in study.Transformers
        where transformer.Result is not null
        from site in study.Sites
        where site.Transformer == transformer.Name && site.Activations is not null
        select new TransformerRow(
            study.Options.Name, transformer.Name, IsLeaked(transformer), transformer.Options.Model.Layers, transformer.Result!.TestAccuracy,
            transformer.ReadTraining().Where(record => record.TestAccuracy >= 1).Select(record => (int?)record.Epoch).FirstOrDefault(),
            transformer.Result.Epochs, transformer.Result.PassesGate(), site.Site, site.Activations!.EffectiveRank,
            site.Baseline?.Planes.Sum(plane => plane.VarianceShare), site.AsPublished?.FourierR2AsPublished ?? []);

    private static bool IsLeaked(TransformerResults transformer) => transformer.Options.Task.Name == TaskOptions.LeakedLabel;

    private static ResultRow Row(StudyResults study, SiteResults site, ConfigurationResults configuration)
    {
        var options = configuration.Options;
        var agreement = configuration.Stability?.Agreement;
        return new ResultRow
        {
            Study = study.Options.Name,
            Transformer = site.Transformer,
            Family = site.Family,
            IsLeaked = IsLeaked(study.Transformers.First(transformer => transformer.Name == site.Transformer)),
            Site = site.Site.Name,
            Name = configuration.Name,
            Architecture = options.Architecture,
            Latents = configuration.Latents,
            TargetL0 = options.Method().TargetL0(options),
            Steps = configuration.Seeds.Max(seed => seed.Steps),
            EffectiveRank = site.Activations?.EffectiveRank ?? double.NaN,
            Seeds = configuration.Seeds.Count,
            ExplainedVariance = configuration.ExplainedVariance,
            Mse = configuration.Seeds.Average(seed => seed.Metrics.Mse),
            L0 = configuration.L0!.Mean,
            DeadFraction = configuration.DeadFraction!.Mean,
            Stability = StabilityScore.Of(agreement),
            Shared = (agreement?.Further ?? []).Where(similarity => similarity.Options.Reduction == MatchReduction.FractionAboveThreshold)
                .Select(similarity => StabilityScore.Of(similarity)).FirstOrDefault(),
            SplicedAccuracy = configuration.SplicedAccuracy?.Mean,
            Limits = options.Checks.ForArithmetic(),
            AsPublished = site.AsPublished?.Configurations.FirstOrDefault(published => published.Name == configuration.Name),
            PinnedFraction = configuration.Autoencoder.Pinned?.Fraction,
            Circuit = CircuitScore.Of(configuration.Recovery?.Verdict),
            NeuronOverlap = site.Baseline?.Neurons?.FourierOverlap,
            ComponentOverlap = site.Baseline?.PrincipalComponents.FourierOverlap,
            ProbeR2 = Probe(configuration.Recovery?.Seeds.Select(seed => seed.Report.ProbeR2)),
            NeuronProbeR2 = site.Baseline?.Neurons is { } neurons ? Probe([neurons.ProbeR2]) : null,
            Purity = configuration.Recovery?.Seeds.Average(seed => seed.Report.Purity.Mean),
            NeuronPurity = site.Baseline?.Neurons?.Purity.Mean,
            Formation = [.. (configuration.Dynamics?.Points ?? []).Where(point => point.Agreement is not null).Select(DynamicsSummary.Of)],
        };
    }

    /// <summary>Mean over reports of the R² that is compared; null where none has it.</summary>
    internal static double? Probe(IEnumerable<ProbeResult>? probes)
    {
        var values = (probes ?? []).Select(probe => probe.At(ProbeResult.ComparedLatents)).OfType<double>().ToList();
        return values.Count > 0 ? values.Average() : null;
    }
}
