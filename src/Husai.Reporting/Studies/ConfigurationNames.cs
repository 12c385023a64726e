using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Studies;

/// <summary>Names of configurations that are unique in a study: with site and transformer where there are several.</summary>
internal sealed class ConfigurationNames(StudyResults results)
{
    private readonly bool _namesSite =
        results.Options.Sites.Count > 1 || results.Stored.Select(stored => stored.Site).Distinct().Count() > 1;

    private readonly bool _namesFamily = results.Options.Transformers.Count + results.Worlds.Count + SourcesOf(results) > 1;

    private readonly bool _namesTransformer =
        results.Transformers.Count(transformer => transformer.Control is null) + results.Worlds.Count + SourcesOf(results) > 1;

    /// <summary>On one transformer, or on all that differ only in their seed.</summary>
    public string Of(ConfigurationResults configuration) => configuration.Name + (configuration.Transformers.Count > 0
        ? OverSeeds(configuration.Site, configuration.Family, configuration.Control)
        : PlaceOf(configuration.Site, configuration.Transformer, configuration.Control));

    /// <summary>On the trained transformers that these controls were made from; null for what is not on controls.</summary>
    public string? TrainedOf(ConfigurationResults configuration)
    {
        if (configuration.Control is null)
        {
            return null;
        }

        var family = ControlNetworks.SourceOf(configuration.Family);
        return Of(configuration with
        {
            Family = family,
            Transformer = configuration.Transformers.Count > 0 ? "" : family + configuration.Transformer[configuration.Family.Length..],
            Control = null,
        });
    }

    /// <summary>On one transformer.</summary>
    public string Of(SiteResults site, string configuration) => configuration + PlaceOf(site);

    /// <summary>On all transformers that differ only in their seed.</summary>
    public string OverSeeds(SiteResults site, string configuration) =>
        configuration + OverSeeds(site.Site.Name, site.Family, site.Control);

    /// <summary>What is added to the name of anything at a site.</summary>
    public string PlaceOf(SiteResults site) => PlaceOf(site.Site.Name, site.Transformer, site.Control);

    /// <summary>What is added to the name of anything on a world.</summary>
    public string PlaceOf(WorldResults world) => PlaceOf(WorldResults.Site, world.Options.Name, control: null);

    /// <summary>What is added to the name of anything on activations of which no truth is known.</summary>
    public string PlaceOf(StoredActivationsResults stored) => PlaceOf(stored.Site, stored.Source, stored.Control);

    private static int SourcesOf(StudyResults results) =>
        results.Stored.Where(stored => stored.Control is null).Select(stored => stored.Source).Distinct().Count();

    private string OverSeeds(string site, string family, StudyControl? control) => NameOf(site) + NetworkOf(family, control, _namesFamily);

    private string PlaceOf(string site, string transformer, StudyControl? control) =>
        NameOf(site) + NetworkOf(transformer, control, _namesTransformer);

    // Where there is one transformer, the kind of control says which network is meant.
    private static string NetworkOf(string transformer, StudyControl? control, bool isNamed) => isNamed ? $" @ {transformer}"
        : control is { } kind ? $" @ {ControlNetworks.NameOf(kind)}" : "";

    private string NameOf(string site) => _namesSite ? $" @ {site}" : "";
}
