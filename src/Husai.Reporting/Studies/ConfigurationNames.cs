using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Studies;

/// <summary>Names of configurations that are unique in a study: with site and transformer where there are several.</summary>
internal sealed class ConfigurationNames(StudyResults results)
{
    private readonly bool _namesSite = results.Options.Sites.Count > 1;
    private readonly bool _namesFamily = results.Options.Transformers.Count + results.Worlds.Count > 1;
    private readonly bool _namesTransformer =
        results.Transformers.Count(transformer => transformer.Control is null) + results.Worlds.Count > 1;

    /// <summary>On one transformer, or on all that differ only in their seed.</summary>
    public string Of(ConfigurationResults configuration) => configuration.Transformers.Count > 0
        ? configuration.Name + OverSeeds(configuration.Site, configuration.Family)
        : configuration.Name + PlaceOf(configuration.Site, configuration.Transformer);

    /// <summary>On the trained transformers that these controls were made from; null for what is not on controls.</summary>
    public string? TrainedOf(ConfigurationResults configuration)
    {
        if (configuration.Control is null)
        {
            return null;
        }

        var family = ControlNetworks.SourceOf(configuration.Family);
        return configuration.Name + (configuration.Transformers.Count > 0
            ? OverSeeds(configuration.Site, family)
            : PlaceOf(configuration.Site, family + configuration.Transformer[configuration.Family.Length..]));
    }

    /// <summary>On one transformer.</summary>
    public string Of(SiteResults site, string configuration) => configuration + PlaceOf(site);

    /// <summary>On all transformers that differ only in their seed.</summary>
    public string OverSeeds(SiteResults site, string configuration) => configuration + OverSeeds(site.Site.Name, site.Family);

    /// <summary>What is added to the name of anything at a site.</summary>
    public string PlaceOf(SiteResults site) => PlaceOf(site.Site.Name, site.Transformer);

    /// <summary>What is added to the name of anything on a world.</summary>
    public string PlaceOf(WorldResults world) => PlaceOf(WorldResults.Site, world.Options.Name);

    private string OverSeeds(string site, string family) => NameOf(site) + NetworkOf(family, _namesFamily);

    private string PlaceOf(string site, string transformer) => NameOf(site) + NetworkOf(transformer, _namesTransformer);

    // Where there is one transformer, the kind of control says which network is meant.
    private static string NetworkOf(string transformer, bool isNamed) => isNamed ? $" @ {transformer}"
        : ControlNetworks.KindOf(transformer) is { } kind ? $" @ {ControlNetworks.NameOf(kind)}" : "";

    private string NameOf(string site) => _namesSite ? $" @ {site}" : "";
}
