using Husai.Analysis.Comparison;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Studies;

/// <summary>
/// Comparisons of configurations under the names that the report uses: over the seeds of each transformer, and over the transformers where
/// there are several.
/// </summary>
internal static class ComparisonBuilder
{
    public static IReadOnlyList<ConfigurationComparison> Build(StudyResults results, ConfigurationNames names) =>
    [
        .. results.Sites.SelectMany(site => Named(site.Comparison, name => names.Of(site, name)))
            .Concat(results.Worlds.SelectMany(world => Named(world.Comparison, name => name + names.PlaceOf(world))))
            .Concat(results.Stored.SelectMany(stored => Named(stored.Comparison, name => name + names.PlaceOf(stored))))
            .Select(test => new ConfigurationComparison("seeds", test)),
        .. PlannedComparison.OverModels(results.Sites.SelectMany(site => Named(site.Comparison, name => names.OverSeeds(site, name))))
            .Select(test => new ConfigurationComparison("transformers", test)),
    ];

    private static IEnumerable<PlannedComparison> Named(ComparisonResult? comparison, Func<string, string> name) =>
        (comparison?.Tests ?? []).Select(test => test with { First = name(test.First), Second = name(test.Second) });
}
