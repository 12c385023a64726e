using Husai.Analysis.Comparison;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Studies;

/// <summary>
/// Comparisons of configurations under the names that the report uses: over the seeds of each transformer, and over the transformers where
/// there are several.
/// </summary>
internal static class ComparisonBuilder
{
    public static IReadOnlyList<ConfigurationComparison> Build(IReadOnlyList<SiteResults> sites, ConfigurationNames names) =>
    [
        .. sites.SelectMany(site => Named(site, name => names.Of(site, name))).Select(test => new ConfigurationComparison("seeds", test)),
        .. PlannedComparison.OverModels(sites.SelectMany(site => Named(site, name => names.OverSeeds(site, name))))
            .Select(test => new ConfigurationComparison("transformers", test)),
    ];

    private static IEnumerable<PlannedComparison> Named(SiteResults site, Func<string, string> name) =>
        (site.Comparison?.Tests ?? []).Select(test => test with { First = name(test.First), Second = name(test.Second) });
}
