using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Studies;

/// <summary>Names of configurations that are unique in a study: with site and transformer where there are several.</summary>
internal sealed class ConfigurationNames(StudyResults results)
{
    private readonly bool _namesSite = results.Options.Sites.Count > 1;
    private readonly bool _namesFamily = results.Options.Transformers.Count > 1;
    private readonly bool _namesTransformer = results.Transformers.Count > 1;

    /// <summary>On one transformer.</summary>
    public string Of(SiteResults site, string configuration) => configuration + PlaceOf(site);

    /// <summary>On all transformers that differ only in their seed.</summary>
    public string OverSeeds(SiteResults site, string configuration) =>
        configuration + NameOf(site.Site) + (_namesFamily ? $" @ {site.Family}" : "");

    /// <summary>What is added to the name of anything at a site.</summary>
    public string PlaceOf(SiteResults site) => NameOf(site.Site) + (_namesTransformer ? $" @ {site.Transformer}" : "");

    private string NameOf(StudySite site) => _namesSite ? $" @ {site.Name}" : "";
}
