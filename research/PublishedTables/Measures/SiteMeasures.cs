using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace PublishedTables.Measures;

/// <summary>Makes the original project's measures on the SAEs of a site.</summary>
/// <param name="study">The study.</param>
/// <param name="site">The site, with its results.</param>
/// <param name="workers">Threads to use.</param>
internal sealed class SiteMeasures(StudyOptions study, SiteResults site, Workers workers)
{
    private readonly Lazy<Matrix> _rows = new(() => ReadRows(site.ActivationsFile));
    private Covariance? _covariance;

    /// <summary>Measures a configuration that has an SAE.</summary>
    /// <exception cref="IOException">The activations or an SAE cannot be read.</exception>
    public AsPublishedConfiguration Measure(ConfigurationResults configuration)
    {
        var pins = study.Saes.First(sae => sae.Name == configuration.Name).Pinned;
        var saes = configuration.Seeds.Select(seed => SaeFolder.Load(seed.Folder)).ToList();
        var dictionaries = configuration.Seeds.Zip(saes, (seed, sae) => DictionaryOf(configuration, seed, sae)).ToList();
        var rows = new MatrixActivations(_rows.Value);
        return new AsPublishedConfiguration(
            AsPublishedScores.Of(dictionaries, site.Modulus, workers), pins is null ? null : ToReference(pins, dictionaries),
            pins is null ? null : Unpinned(pins, dictionaries),
            saes.ConvertAll(sae => Reconstruct(sae.Sae, rows)));
    }

    private static Matrix ReadRows(string path)
    {
        using var file = new StoredActivations(path);
        var rows = new Matrix(file.Rows, file.Width);
        file.CopyRows(Enumerable.Range(0, file.Rows).ToArray(), rows);
        return rows;
    }

    private static LatentDictionary DictionaryOf(ConfigurationResults configuration, SeedResults seed, SavedSae sae) =>
        TrainedDictionary.Of($"{configuration.Name}/{seed.Seed}", sae);

    private ReconstructionAsPublished Reconstruct(Sae sae, MatrixActivations rows)
    {
        var metrics = SaeEvaluator.Evaluate(sae, rows, workers: workers);
        return new ReconstructionAsPublished(
            metrics.ExplainedVariance, CoordinateExplainedVariance.Of(sae, rows, workers), metrics.L0, metrics.Mse);
    }

    private List<double> ToReference(StudyPins pins, List<LatentDictionary> dictionaries)
    {
        var source = site.Configurations.First(other => other.Name == pins.Reference);
        var pinned = source.Seeds.First(seed => seed.Seed == pins.Seed);
        var reference = DictionaryOf(source, pinned, SaeFolder.Load(pinned.Folder));
        return dictionaries.ConvertAll(dictionary => AsPublishedScores.Pwmcc(dictionary, reference, workers));
    }

    // The question that pinning was meant to answer: do the others come to agree more when some are given?
    private SeedSimilarity? Unpinned(StudyPins pins, List<LatentDictionary> dictionaries)
    {
        var rest = dictionaries.ConvertAll(dictionary => Rest(dictionary, pins.RowsOf(dictionary.Latents)));
        return rest.Count < 2 || rest.Contains(null)
            ? null
            : SeedStability.Of(rest!, UnpinnedOptions(), _covariance ??= Covariance.Of(_rows.Value, workers), workers: workers).Main;
    }

    private StabilityOptions UnpinnedOptions() => study.Analyses.StabilityOptions() with
    {
        Similarity = study.Analyses.Similarity with { IncludeDead = true },
        FurtherSimilarities = [],
        Parts = StabilityParts.Turned | StabilityParts.References,
    };

    private LatentDictionary? Rest(LatentDictionary dictionary, int pinned)
    {
        int[] latents = [.. Enumerable.Range(pinned, dictionary.Latents - pinned).Where(
            latent => !(dictionary.FiringFrequencies?[latent] < study.Analyses.Similarity.DeadThreshold))];
        return latents.Length == 0
            ? null
            : new LatentDictionary(dictionary.Name + " unpinned", new LatentSelection(latents, 0, 0).RowsOf(dictionary.Decoder));
    }
}
