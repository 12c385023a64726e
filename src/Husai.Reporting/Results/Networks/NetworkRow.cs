using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Results.Networks;

/// <summary>A configuration on a network, and the same on its randomised copy.</summary>
/// <param name="Trained">On the network.</param>
/// <param name="Randomised">On the copy; null where the study has none, or it has no result.</param>
internal sealed record NetworkRow(ConfigurationResults Trained, ConfigurationResults? Randomised)
{
    /// <summary>The configurations of a study on networks, without baselines.</summary>
    public static IEnumerable<NetworkRow> Of(StudyReportData study) =>
        from configuration in study.Configurations
        where configuration is { Known: KnownTruth.None, BaselineOf: null, ControlOf: null }
        select new NetworkRow(configuration, study.Configurations.FirstOrDefault(other => other.ControlOf == configuration.Name));
}
