using Husai.Analysis.Stability;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;
using Husai.Formats.Tensors;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Checkpoints;

namespace PublishedTables.Measures;

/// <summary>The original project's measures on the SAEs and transformers of several studies.</summary>
internal sealed class StudyMeasures
{
    private static readonly int[] LeadingFrequencies = [2, 5, 10];

    private readonly Dictionary<(string Study, string Transformer, string Site, string Name), AsPublishedConfiguration> _configurations =
        [];

    private readonly Dictionary<(string Study, string Transformer), IReadOnlyList<FourierR2>> _embeddings = [];

    /// <summary>Makes the measures.</summary>
    /// <param name="studies">The studies, whose folders are read.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static StudyMeasures Of(
        IReadOnlyList<StudyResults> studies, Workers workers, Action<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var measures = new StudyMeasures();
        var sites = studies.SelectMany(study => study.Sites.Where(site => site.Control is null).Select(site => (Study: study, Site: site)))
            .ToList();
        var (done, total) = (0, sites.Sum(place => Trained(place.Site).Count()));
        foreach (var (study, site) in sites)
        {
            var ofSite = new SiteMeasures(study.Options, site, workers);
            foreach (var configuration in Trained(site))
            {
                cancellation.ThrowIfCancellationRequested();
                measures.Add(configuration, ofSite.Measure(configuration));
                progress?.Invoke(new StageProgress("measures of the original", ++done, total));
            }

            var transformer = study.Transformers.First(transformer => transformer.Name == site.Transformer);
            measures._embeddings[(study.Options.Name, site.Transformer)] = Embedding(transformer, site.Modulus);
        }

        return measures;
    }

    /// <summary>The measures on a configuration; null where there are none.</summary>
    public AsPublishedConfiguration? Of(ConfigurationResults? configuration) =>
        configuration is null ? null : _configurations.GetValueOrDefault(KeyOf(configuration));

    /// <summary>Shares of a transformer's embedding; empty where there are none.</summary>
    public IReadOnlyList<FourierR2> EmbeddingOf(string study, string transformer) =>
        _embeddings.GetValueOrDefault((study, transformer)) ?? [];

    /// <summary>Takes the measures on a configuration.</summary>
    public void Add(ConfigurationResults configuration, AsPublishedConfiguration measured) =>
        _configurations[KeyOf(configuration)] = measured;

    private static IEnumerable<ConfigurationResults> Trained(SiteResults site) =>
        site.Configurations.Where(configuration => configuration is { BaselineOf: null, Seeds.Count: > 0 });

    private static (string Study, string Transformer, string Site, string Name) KeyOf(ConfigurationResults configuration) =>
        (configuration.Study, configuration.Transformer, configuration.Site, configuration.Name);

    private static IReadOnlyList<FourierR2> Embedding(TransformerResults transformer, int modulus)
    {
        if (transformer.Result is null)
        {
            return [];
        }

        var embedding = TransformerCheckpoint.Load(transformer.Folder).Model.NamedTensors()
            .First(tensor => tensor.Name == "embed.W_E").ToMatrix();
        return [.. LeadingFrequencies.Where(count => count < modulus).Select(count => FourierR2.Of(embedding, modulus, count))];
    }
}
