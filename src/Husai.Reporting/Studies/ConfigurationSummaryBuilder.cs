using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Studies;

/// <summary>What the report shows of a configuration.</summary>
internal static class ConfigurationSummaryBuilder
{
    private const int DecadesOfFrequency = 6;

    public static ConfigurationSummary Build(string name, SiteResults site, ConfigurationResults configuration)
    {
        var options = configuration.Options;
        var seeds = configuration.Seeds;
        var agreement = configuration.Stability?.Agreement;
        var (sparsityName, sparsity) = options.Method().SparsitySetting(options);
        return new ConfigurationSummary
        {
            Name = name,
            Architecture = options.Architecture,
            Site = $"{site.Transformer}, {site.Site.Name}",
            Width = site.Activations?.Width ?? 0,
            Latents = configuration.Latents,
            SparsityName = sparsityName,
            Sparsity = sparsity,
            TargetL0 = options.Method().TargetL0(options),
            ExplainedVariance = configuration.ExplainedVariance,
            L0 = configuration.L0,
            DeadFraction = configuration.DeadFraction,
            SplicedAccuracy = configuration.SplicedAccuracy,
            Stability = StabilityScore.Of(agreement),
            Circuit = CircuitScore.Of(configuration.Recovery?.Verdict),
            Limits = options.Checks.ForArithmetic(),
            OtherScores =
            [
                .. agreement?.Further.Select(FurtherScores.Of) ?? [],
                .. agreement?.Subspaces.Select(subspace => FurtherScores.Of(subspace, seeds.Count)) ?? [],
                .. configuration.Recovery is { } recovery ? FurtherScores.Of(recovery) : [],
            ],
            Seeds = [.. seeds.Select(seed => Seed(seed, configuration) with { Transformer = site.Transformer })],
            BestMatches = agreement?.BestMatches,
            LatentPoints = LatentPoints(configuration),
            Dynamics = [.. configuration.Dynamics?.Points.Select(DynamicsSummary.Of) ?? []],
            Firing = Firing(configuration),
        };
    }

    private static SeedSummary Seed(AutoencoderResult seed, ConfigurationResults configuration)
    {
        var stability = configuration.Stability;
        var index = stability is null ? -1 : stability.Seeds.ToList().IndexOf(seed.Seed);
        var row = index >= 0 && stability!.Agreement is { } agreement ? agreement.Matrix[index] : null;
        return new SeedSummary
        {
            Seed = seed.Seed,
            ExplainedVariance = seed.Metrics.ExplainedVariance,
            L0 = seed.Metrics.L0,
            DeadFraction = seed.Metrics.DeadFraction,
            Stability = row is { Length: > 1 } ? (row.Sum() - row[index]) / (row.Length - 1) : null,
            GroundTruth = configuration.Recovery?.Seeds.FirstOrDefault(recovery => recovery.Seed == seed.Seed)?.Report.FourierOverlap,
            Training = seed.ReadTraining(),
        };
    }

    private static List<LatentPoint> LatentPoints(ConfigurationResults configuration)
    {
        var points = new List<LatentPoint>();
        if (configuration is { Stability: { Agreement: { } agreement } stability, Recovery: { } recovery })
        {
            foreach (var latents in agreement.PerLatent.GroupBy(latent => stability.Seeds[latent.Sae]))
            {
                var energies = recovery.Seeds.FirstOrDefault(seed => seed.Seed == latents.Key)?.Report.PerLatent
                    .Where(latent => latent.Energy is not null).ToDictionary(latent => latent.Latent, latent => latent.Energy!.Value) ?? [];
                points.AddRange(latents.Where(latent => energies.ContainsKey(latent.Latent)).Select(
                    latent => new LatentPoint(latents.Key, latent.Latent, Math.Clamp(latent.MeanCosine, 0, 1), Math.Clamp(energies[latent.Latent], 0, 1))));
            }
        }

        return points;
    }

    private static FiringSummary Firing(ConfigurationResults configuration)
    {
        var histograms = configuration.Seeds.Select(seed => seed.Firing).ToList();
        var bins = histograms[0].Counts.Length;
        return new FiringSummary(
            [.. Enumerable.Range(0, bins + 1).Select(edge => -DecadesOfFrequency + DecadesOfFrequency * edge / (double)bins)],
            [.. Enumerable.Range(0, bins).Select(bin => histograms.Sum(histogram => histogram.Counts[bin]))],
            histograms.Sum(histogram => histogram.Never), configuration.Options.DeadThreshold);
    }
}
