using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Plan;
using Husai.Experiments.Studies.Results;

namespace Husai.Experiments.Studies;

/// <summary>Reads what a study has found on activations of which no truth is known.</summary>
internal static class StoredResultsReader
{
    public static StoredActivationsResults Read(ResultFiles files, string study, StoredPlan plan)
    {
        var activations = plan.Activations;
        var result = files.Read<SiteResult>(activations, SiteResult.FileName);
        var place = new ResultsPlace(
            activations.Source, activations.Source, activations.Site, IsLeaked: false, activations.Width, result?.Width ?? 0,
            result?.EffectiveRank ?? double.NaN, activations.Control, KnownTruth.None);
        var splice = files.Read<NetworkSpliceResult>(plan.Splice, NetworkSpliceResult.FileName);
        return new StoredActivationsResults(
            activations.Source, activations.Site, result, files.Read<ComparisonResult>(plan.Comparison, ComparisonResult.FileName),
            [.. plan.Configurations.Select(configuration =>
                ConfigurationResultsReader.Read(files, study, place, site: null, configuration) with
                {
                    Spliced = SplicedOutput.Of(
                        [.. splice?.Saes.Where(sae => sae.Configuration == configuration.Sae.Name).Select(sae => sae.Metrics) ?? []]),
                })],
            activations.Control);
    }
}
