using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Networks.Splicing;

namespace Husai.Experiments.Studies.Plan;

/// <summary>The jobs on activations in a file or store, of which no truth is known.</summary>
internal sealed class StoredPlan : SourcePlan
{
    public StoredPlan(StoredActivationsJob activations, StudyOptions study, StudyTracking tracking)
        : base(activations, study, tracking)
    {
        Activations = activations;
        Comparison = activations.IsControl ? null : CompareTested(activations, study.Analyses);
        Splice = study.Analyses.Splice && activations is NetworkSiteJob site
            ? new NetworkSpliceJob(
                site, [.. Configurations.SelectMany(configuration => configuration.Seeds)],
                study.Analyses.SpliceRows ?? NetworkSplice.UsualRows)
            : null;
    }

    public StoredActivationsJob Activations { get; }

    /// <summary>Reconstructions inside the network; null where that is not asked for, or there is no network.</summary>
    public NetworkSpliceJob? Splice { get; }

    public override IEnumerable<Job> Jobs => [.. base.Jobs, .. ((Job?[])[Splice]).OfType<Job>()];
}
