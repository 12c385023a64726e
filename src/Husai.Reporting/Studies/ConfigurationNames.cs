using Husai.Experiments.Studies;

namespace Husai.Reporting;

/// <summary>Names of configurations that are unique in a study: with site and transformer where there are several.</summary>
internal sealed class ConfigurationNames(StudyResults results)
{
    private readonly bool _namesSite = results.Options.Sites.Count > 1;
    private readonly bool _namesTransformer = results.Transformers.Count > 1;

    public string Of(SiteResults site, string configuration) => configuration + PlaceOf(site);

    /// <summary>What is added to the name of anything at a site.</summary>
    public string PlaceOf(SiteResults site) =>
        (_namesSite ? $" @ {site.Site.Name}" : "") + (_namesTransformer ? $" @ {site.Transformer}" : "");
}
