using Husai.Analysis;
using Husai.Autoencoders;
using Husai.Experiments.Studies;

namespace Husai.Reporting;

/// <summary>What the report shows of a configuration.</summary>
internal static class ConfigurationSummaryBuilder
{
    private const int DecadesOfFrequency = 6;

    public static ConfigurationSummary Build(string name, SiteResults site, ConfigurationResults configuration, StudyAnalyses analyses)
    {
        var options = configuration.Options;
        var seeds = configuration.Seeds;
        var (sparsityName, sparsity) = Sparsity(options);
        return new ConfigurationSummary
        {
            Name = name,
            Architecture = options.Architecture,
            Site = $"{site.Transformer}, {site.Site.Name}",
            Width = site.Activations?.Width ?? 0,
            Latents = configuration.Latents,
            SparsityName = sparsityName,
            Sparsity = sparsity,
            TargetL0 = IsTopK(options) ? options.K : options.TargetL0 > 0 ? options.TargetL0 : null,
            ExplainedVariance = SeedIntervals.Of([.. seeds.Select(seed => seed.Result.Metrics.ExplainedVariance)]),
            L0 = SeedIntervals.Of([.. seeds.Select(seed => seed.Result.Metrics.L0)]),
            DeadFraction = SeedIntervals.Of([.. seeds.Select(seed => seed.Result.Metrics.DeadFraction)]),
            Stability = configuration.Stability?.Agreement is { } agreement ? Score(agreement.Main) : null,
            GroundTruth = configuration.Recovery is { } recovery ? RecoveryScores.Overlap(recovery, analyses.Recovery.NullDirections) : null,
            OtherScores =
            [
                .. configuration.Stability?.Agreement?.Further.Select(Score) ?? [],
                .. configuration.Stability?.Agreement?.Subspaces.Select(Score) ?? [],
                .. configuration.Recovery is { } other ? RecoveryScores.Others(other) : [],
            ],
            Seeds = [.. seeds.Select(seed => Seed(seed, configuration) with { Transformer = site.Transformer })],
            BestMatches = configuration.Stability?.Agreement?.BestMatches is { } matched
                ? new CosineDistributionData(matched.Edges, matched.Observed, matched.Isotropic, matched.SameShape)
                : null,
            LatentPoints = LatentPoints(configuration),
            Dynamics = [.. configuration.Dynamics?.Points.Select(Dynamics) ?? []],
            Firing = Firing(configuration),
        };
    }

    private static bool IsTopK(AutoencoderOptions options) => options.Architecture is "topk" or "batchtopk" or "matryoshka";

    private static (string, double) Sparsity(AutoencoderOptions options) => IsTopK(options) ? ("k", options.K)
        : options.Architecture == "jumprelu" ? options.TargetL0 > 0 ? ("target l0", options.TargetL0) : ("l0 coefficient", options.L0Coefficient)
        : ("l1", options.L1Coefficient);

    private static ScoreSummary Score(SeedSimilarity similarity) => new()
    {
        Name = similarity.Name,
        Value = similarity.Interval,
        IsotropicChance = similarity.Levels.Isotropic,
        CovarianceChance = similarity.Levels.SameShape,
    };

    private static ScoreSummary Score(SubspaceAgreement subspace) => new()
    {
        Name = FormattableString.Invariant($"overlap of the {subspace.Dimension} leading decoder directions"),
        Value = subspace.Interval!,
        IsotropicChance = new ChanceLevel(subspace.Chance, 0, 0),
    };

    private static DynamicsPoint Dynamics(StudyDynamicsPoint point) => new()
    {
        Step = point.Step,
        ToOtherSeeds = point.Agreement?.BetweenSeeds.Interval,
        Chance = point.Agreement?.BetweenSeeds.Levels.SameShape.Value,
        Kappa = point.Agreement?.BetweenSeeds.Kappa?.Value,
        ToFinalSelf = point.Agreement?.ToFinalSelf,
        ExplainedVariance = point.ExplainedVariance,
        ToGroundTruth = point.FourierOverlap,
    };

    private static SeedSummary Seed(AutoencoderResults seed, ConfigurationResults configuration)
    {
        var stability = configuration.Stability;
        var index = stability is null ? -1 : stability.Seeds.ToList().IndexOf(seed.Seed);
        var row = index >= 0 ? stability!.Agreement?.Matrix[index] : null;
        return new SeedSummary
        {
            Seed = seed.Seed,
            ExplainedVariance = seed.Result.Metrics.ExplainedVariance,
            L0 = seed.Result.Metrics.L0,
            DeadFraction = seed.Result.Metrics.DeadFraction,
            Stability = row is { Length: > 1 } ? (row.Sum() - row[index]) / (row.Length - 1) : null,
            GroundTruth = configuration.Recovery?.Seeds.FirstOrDefault(recovery => recovery.Seed == seed.Seed)?.Report.FourierOverlap,
            Training = [.. seed.ReadTraining().Select(
                point => new TrainingPoint((int)point.Step, point.Loss, point.ExplainedVariance, point.L0, point.DeadFraction))],
        };
    }

    private static List<LatentPoint> LatentPoints(ConfigurationResults configuration)
    {
        var points = new List<LatentPoint>();
        if (configuration is { Stability: { Agreement: { } agreement } stability, Recovery: { } recovery })
        {
            for (var index = 0; index < stability.Seeds.Count; index++)
            {
                var energies = recovery.Seeds.FirstOrDefault(seed => seed.Seed == stability.Seeds[index])?.Report.PerLatent
                    .Where(latent => latent.Energy is not null).ToDictionary(latent => latent.Latent, latent => latent.Energy!.Value) ?? [];
                points.AddRange(agreement.PerLatent.Where(latent => latent.Sae == index && energies.ContainsKey(latent.Latent)).Select(
                    latent => new LatentPoint(stability.Seeds[index], latent.Latent, Math.Clamp(latent.MeanCosine, 0, 1), Math.Clamp(energies[latent.Latent], 0, 1))));
            }
        }

        return points;
    }

    private static FiringHistogram Firing(ConfigurationResults configuration)
    {
        var histograms = configuration.Seeds.Select(seed => seed.Result.Firing).ToList();
        var bins = histograms[0].Counts.Length;
        return new FiringHistogram(
            [.. Enumerable.Range(0, bins + 1).Select(edge => -DecadesOfFrequency + DecadesOfFrequency * edge / (double)bins)],
            [.. Enumerable.Range(0, bins).Select(bin => histograms.Sum(histogram => histogram.Counts[bin]))],
            histograms.Sum(histogram => histogram.Never), configuration.Options.DeadThreshold);
    }
}
