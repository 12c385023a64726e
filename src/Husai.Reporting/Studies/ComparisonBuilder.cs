using Husai.Analysis;
using Husai.Experiments.Studies;

namespace Husai.Reporting;

/// <summary>Tests of configurations against each other: over the seeds of autoencoders on each transformer, and over the transformers where there are several.</summary>
internal static class ComparisonBuilder
{
    public static IReadOnlyList<ConfigurationComparison> Build(IReadOnlyList<SiteResults> sites, ConfigurationNames names) =>
        [.. sites.SelectMany(site => OverSeeds(site, names)), .. OverTransformers(sites, names)];

    private static IEnumerable<ConfigurationComparison> OverSeeds(SiteResults site, ConfigurationNames names) =>
        Tests(site).Select(test => new ConfigurationComparison(
            names.Of(site, test.First), names.Of(site, test.Second), "stability", test.Test!.Statistic,
            double.IsFinite(test.AsPublished.HedgesG) ? test.AsPublished.HedgesG : null, test.Test, test.AdjustedP));

    // The pair on one transformer shares its circuit: the sign of each transformer's difference is flipped.
    private static List<ConfigurationComparison> OverTransformers(IReadOnlyList<SiteResults> sites, ConfigurationNames names)
    {
        var pooled = sites.SelectMany(site => Tests(site).Select(test => (First: names.OverSeeds(site, test.First), Second: names.OverSeeds(site, test.Second), Test: test.Test!)))
            .GroupBy(entry => (entry.First, entry.Second)).Where(group => group.Count() > 1)
            .Select(group => (group.Key.First, group.Key.Second, Test: SignFlipTest.Mean([.. group.Select(entry => entry.Test.Statistic)]))).ToList();
        var adjusted = MultipleComparisons.Holm([.. pooled.Select(entry => entry.Test.PTwoSided)]);
        return [.. pooled.Select((entry, index) => new ConfigurationComparison(
            entry.First, entry.Second, "stability over transformers", entry.Test.Statistic, null, entry.Test, adjusted[index]))];
    }

    private static IReadOnlyList<StabilityTest> Tests(SiteResults site) => [.. site.Comparison?.Tests.Where(test => test.Test is not null) ?? []];
}
