using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Autoencoders.Metrics;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Experiments.Studies.Results;

namespace Husai.Experiments.Studies;

/// <summary>Reads what a study has found on one configuration at one site of one transformer.</summary>
internal static class ConfigurationResultsReader
{
    private const int DecadesOfFrequency = 6;

    /// <summary>Reads the files of its jobs.</summary>
    /// <param name="files">The study's files.</param>
    /// <param name="study">Name of the study.</param>
    /// <param name="place">Where the activations come from.</param>
    /// <param name="site">What was found at the site, without configurations; null for others than transformers.</param>
    /// <param name="plan">The jobs of the configuration.</param>
    public static ConfigurationResults Read(
        ResultFiles files, string study, ResultsPlace place, SiteResults? site, ConfigurationPlan plan)
    {
        List<(SaeResult Result, string Folder)> seeds = [];
        foreach (var job in plan.Seeds)
        {
            if (files.Read<SaeResult>(job, SaeResult.FileName) is { } result)
            {
                seeds.Add((result, files.FolderOf(job)));
            }
        }

        var stability = files.Read<StabilityResult>(plan.Stability, StabilityResult.FileName);
        var recovery = files.Read<RecoveryResult>(plan.Recovery, RecoveryResult.FileName);
        var portraits = files.Read<PortraitResult>(plan.Portraits, PortraitResult.FileName);
        var contexts = files.Read<ContextsResult>(plan.Contexts, ContextsResult.FileName);
        var dynamics = files.Read<DynamicsResult>(plan.Dynamics, DynamicsResult.FileName);
        var function = files.Read<FunctionResult>(plan.Function, FunctionResult.FileName);
        var options = plan.Sae.Options;
        var agreement = stability?.Agreement;
        var (sparsityName, sparsity) = options.Method().SparsitySetting(options);
        Interval? OverSeeds(Func<ReconstructionMetrics, double> value) =>
            Pooling.Mean([.. seeds.Select(seed => value(seed.Result.Metrics))]);
        return new ConfigurationResults
        {
            Name = plan.Sae.Name,
            BaselineOf = plan.Sae.BaselineOf,
            Freeze = options.Freeze,
            Architecture = options.Architecture,
            Study = study,
            Transformer = place.Transformer,
            Family = place.Family,
            Control = place.Control,
            Known = place.Known,
            IsLeaked = place.IsLeaked,
            Site = place.Site,
            Width = place.MeasuredWidth,
            EffectiveRank = place.EffectiveRank,
            Latents = options.LatentsFor(place.Width),
            SparsityName = sparsityName,
            Sparsity = sparsity,
            TargetL0 = options.Method().TargetL0(options),
            Limits = place.Known != KnownTruth.None ? options.Checks.ForArithmetic() : options.Checks,
            PinnedFraction = plan.Sae.Pinned?.Fraction,
            Steps = seeds.Count == 0 ? 0 : seeds.Max(seed => seed.Result.Steps),
            ExplainedVariance = OverSeeds(metrics => metrics.ExplainedVariance),
            L0 = OverSeeds(metrics => metrics.L0),
            DeadFraction = OverSeeds(metrics => metrics.DeadFraction),
            SplicedAccuracy = Pooling.Mean([.. recovery?.Seeds.Select(seed => seed.Splice?.Spliced.Accuracy).OfType<double>() ?? []]),
            Stability = StabilityScore.Of(agreement),
            Shared = (agreement?.Further ?? []).Where(similarity => similarity.Options.Reduction == MatchReduction.FractionAboveThreshold)
                .Select(StabilityScore.Of).FirstOrDefault(),
            Circuit = CircuitScore.Of(recovery?.Verdict),
            ProbeR2 = Probe(recovery?.Seeds.Select(seed => seed.Report.ProbeR2)),
            Purity = recovery?.Seeds.Average(seed => (double?)seed.Report.Purity.Mean),
            NeuronOverlap = site?.Baseline?.Neurons?.FourierOverlap,
            NeuronProbeR2 = site?.Baseline?.Neurons is { } neurons ? Probe([neurons.ProbeR2]) : null,
            NeuronPurity = site?.Baseline?.Neurons?.Purity.Mean,
            ComponentOverlap = site?.Baseline?.PrincipalComponents.FourierOverlap,
            OtherScores =
            [
                .. agreement?.Further.Select(FurtherScores.Of) ?? [],
                .. agreement?.Subspaces.Select(subspace => FurtherScores.Of(subspace, seeds.Count)) ?? [],
                .. recovery is null ? [] : FurtherScores.Of(recovery),
            ],
            Seeds = [.. seeds.Select(seed => Seed(seed.Result, stability, recovery) with
            {
                Transformer = place.Transformer,
                Folder = seed.Folder,
            })],
            BestMatches = agreement?.BestMatches,
            LatentPoints = LatentPoints(stability, recovery),
            Portraits = portraits?.Portraits ?? [],
            Contexts = contexts?.Latents ?? [],
            Tokenizer = contexts?.Tokenizer,
            Dynamics = [.. dynamics?.Points.Select(DynamicsSummary.Of) ?? []],
            Function = [.. function?.Agreement?.Matchers.Select(FunctionScore.Of) ?? []],
            Firing = Firing([.. seeds.Select(seed => seed.Result.Firing)], options.DeadThreshold),
        };
    }

    /// <summary>Mean over reports of the R² that is compared; null where none has it.</summary>
    internal static double? Probe(IEnumerable<ProbeResult>? probes)
    {
        var values = (probes ?? []).Select(probe => probe.At(ProbeResult.ComparedLatents)).OfType<double>().ToList();
        return values.Count > 0 ? values.Average() : null;
    }

    private static SeedResults Seed(SaeResult seed, StabilityResult? stability, RecoveryResult? recovery)
    {
        var index = stability is null ? -1 : stability.Seeds.ToList().IndexOf(seed.Seed);
        var row = index >= 0 && stability!.Agreement is { } agreement ? agreement.Matrix[index] : null;
        return new SeedResults
        {
            Seed = seed.Seed,
            ExplainedVariance = seed.Metrics.ExplainedVariance,
            Mse = seed.Metrics.Mse,
            L0 = seed.Metrics.L0,
            DeadFraction = seed.Metrics.DeadFraction,
            Stability = row is { Length: > 1 } ? (row.Sum() - row[index]) / (row.Length - 1) : null,
            Circuit = recovery?.Seeds.FirstOrDefault(other => other.Seed == seed.Seed)?.Report.FourierOverlap,
        };
    }

    private static List<LatentPoint> LatentPoints(StabilityResult? stability, RecoveryResult? recovery)
    {
        var points = new List<LatentPoint>();
        if (stability is { Agreement: { } agreement } && recovery is not null)
        {
            foreach (var latents in agreement.PerLatent.GroupBy(latent => stability.Seeds[latent.Sae]))
            {
                var energies = recovery.Seeds.FirstOrDefault(seed => seed.Seed == latents.Key)?.Report.PerLatent
                    .Where(latent => latent.Energy is not null).ToDictionary(latent => latent.Latent, latent => latent.Energy!.Value) ?? [];
                points.AddRange(latents.Where(latent => energies.ContainsKey(latent.Latent)).Select(latent => new LatentPoint(
                    latents.Key, latent.Latent, Math.Clamp(latent.MeanCosine, 0, 1), Math.Clamp(energies[latent.Latent], 0, 1))));
            }
        }

        return points;
    }

    private static FiringSummary? Firing(IReadOnlyList<FiringHistogram> histograms, double deadThreshold)
    {
        if (histograms.Count == 0)
        {
            return null;
        }

        var bins = histograms[0].Counts.Length;
        return new FiringSummary(
            [.. Enumerable.Range(0, bins + 1).Select(edge => -DecadesOfFrequency + DecadesOfFrequency * edge / (double)bins)],
            [.. Enumerable.Range(0, bins).Select(bin => histograms.Sum(histogram => histogram.Counts[bin]))],
            histograms.Sum(histogram => histogram.Never), deadThreshold);
    }
}

/// <summary>Where activations come from, as results call it.</summary>
/// <param name="Transformer">Name of the transformer with its seed, or of the world, network or user's own activations.</param>
/// <param name="Family">Its name without the seed.</param>
/// <param name="Site">The site.</param>
/// <param name="IsLeaked">Whether the transformer's label stands in its input.</param>
/// <param name="Width">Width of the activations.</param>
/// <param name="MeasuredWidth">The same; 0 where they were not made.</param>
/// <param name="EffectiveRank">Their effective rank; NaN where they were not made.</param>
/// <param name="Control">What kind of control the network is; null for others.</param>
/// <param name="Known">What is known to compare with.</param>
internal sealed record ResultsPlace(
    string Transformer, string Family, string Site, bool IsLeaked, int Width, int MeasuredWidth, double EffectiveRank,
    StudyControl? Control = null, KnownTruth Known = KnownTruth.Circuit);
