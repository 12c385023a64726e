using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Plan;
using Husai.Experiments.Studies.Results;

namespace Husai.Experiments.Studies;

/// <summary>Reads what a study has found on one world.</summary>
internal static class WorldResultsReader
{
    public static WorldResults Read(ResultFiles files, string study, WorldPlan plan)
    {
        var (world, name) = (plan.World, plan.World.Options.Name);
        var result = files.Read<WorldResult>(world, WorldResult.FileName);
        var place = new ResultsPlace(
            name, name, WorldResults.Site, IsLeaked: false, world.Width, result?.Width ?? 0, result?.EffectiveRank ?? double.NaN,
            Known: KnownTruth.Features);
        return new WorldResults(
            world.Options, result, files.Read<ComparisonResult>(plan.Comparison, ComparisonResult.FileName),
            [.. plan.Configurations.Select(configuration =>
                ConfigurationResultsReader.Read(files, study, place, site: null, configuration) with
                {
                    Truth = files.Read<TruthResult>(configuration.Truth, TruthResult.FileName),
                })]);
    }
}
