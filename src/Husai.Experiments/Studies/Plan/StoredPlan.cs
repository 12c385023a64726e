using Husai.Experiments.Studies.Configuration;

namespace Husai.Experiments.Studies.Plan;

/// <summary>The jobs on activations in a file or store, of which no truth is known.</summary>
internal sealed class StoredPlan : SourcePlan
{
    public StoredPlan(StoredActivationsJob activations, StudyOptions study, StudyTracking tracking)
        : base(activations, study, tracking)
    {
        Activations = activations;
        Comparison = activations.IsControl ? null : CompareTested(activations, study.Analyses);
    }

    public StoredActivationsJob Activations { get; }
}
