using Husai.Experiments.Studies.Plan;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Transformers.Tasks;

namespace Husai.Experiments.Studies;

/// <summary>Reads what a study has found at one site of one transformer.</summary>
internal static class SiteResultsReader
{
    public static SiteResults Read(ResultFiles files, string study, SitePlan plan)
    {
        var (activations, transformer) = (plan.Activations, plan.Activations.Transformer);
        var site = new SiteResults(
            transformer.Label, transformer.Transformer.Name, activations.Site, activations.Modulus,
            files.Read<SiteResult>(activations, SiteResult.FileName), files.Read<BaselineResult>(plan.Baseline, BaselineResult.FileName),
            files.Read<ComparisonResult>(plan.Comparison, ComparisonResult.FileName), [], transformer.Transformer.Control)
        {
            ActivationsFile = Path.Combine(files.FolderOf(activations), ActivationsJob.FileName),
        };
        var place = new ResultsPlace(
            site.Transformer, site.Family, site.Site.Name, transformer.Options.Task.Name == TaskOptions.LeakedLabel, activations.Width,
            site.Activations?.Width ?? 0, site.Activations?.EffectiveRank ?? double.NaN, site.Control);
        return site with
        {
            Configurations = [.. plan.Configurations.Select(
                configuration => ConfigurationResultsReader.Read(files, study, place, site, configuration))],
        };
    }
}
