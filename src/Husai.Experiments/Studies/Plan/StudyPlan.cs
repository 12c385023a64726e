using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Published;

namespace Husai.Experiments.Studies.Plan;

/// <summary>All jobs of a study.</summary>
internal sealed class StudyPlan
{
    public StudyPlan(StudyOptions study, Action<string>? warn = null)
    {
        var tracking = new StudyTracking(study.Tracker, study.Name, warn ?? (_ => { }));
        var trained = study.Transformers.SelectMany(transformer =>
            transformer.Seeds.Select(seed => new TrainedTransformerJob(transformer, seed, tracking))).ToList();
        Transformers = [.. trained, .. trained.SelectMany(job => Controls(job, study, tracking))];
        var derived = new DerivedSites();
        Sites = [.. Transformers.SelectMany(transformer => study.Sites.Select(
            site => new SitePlan(new ActivationsJob(transformer, site, study.Analyses, derived), study, tracking)))];
        Graph = new JobGraph([.. Transformers, .. Sites.SelectMany(site => site.Jobs)]);
    }

    private static IEnumerable<TransformerJob> Controls(TransformerJob job, StudyOptions study, StudyTracking tracking) =>
        ControlNetworks.Beside(job.Transformer, study.Controls).Select(control => control.Control switch
        {
            StudyControl.Memorised => (TransformerJob)new TrainedTransformerJob(control, job.Seed, tracking),
            StudyControl.Randomised => new ControlTransformerJob(control, job.Seed, job),
            _ => new ControlTransformerJob(control, job.Seed, source: null),
        });

    public IReadOnlyList<TransformerJob> Transformers { get; }

    public IReadOnlyList<SitePlan> Sites { get; }

    public JobGraph Graph { get; }
}

/// <summary>The jobs on the activations of one site of one transformer.</summary>
internal sealed class SitePlan
{
    public SitePlan(ActivationsJob activations, StudyOptions study, StudyTracking tracking)
    {
        Activations = activations;
        Configurations = Plans(activations, study, tracking);

        // What is not learnt is not compared: the tests are those of the study without baselines.
        ConfigurationPlan[] learnt = [.. Configurations.Where(configuration => configuration.Sae.BaselineOf is null)];
        var isControl = activations.Transformer.Transformer.Control is not null;
        Comparison = isControl
            ? null
            : new ComparisonJob(
                activations, [.. learnt.SelectMany(configuration => configuration.Seeds)],
                [.. learnt.Select(configuration => configuration.Stability)], study.Analyses);
        Baseline = study.Analyses.Circuit ? new BaselineJob(activations, study.Analyses) : null;
        AsPublished = study.Analyses.AsPublished && !isControl ? new AsPublishedJob(activations, learnt, study.Analyses) : null;
    }

    // What decoder rows are pinned to stands before what is pinned.
    private static List<ConfigurationPlan> Plans(ActivationsJob activations, StudyOptions study, StudyTracking tracking)
    {
        var plans = new List<ConfigurationPlan>();
        var isControl = activations.Transformer.Transformer.Control is not null;
        foreach (var sae in isControl ? study.Saes : study.SaesWithBaselines())
        {
            var reference = sae.Pinned is { } pins
                ? plans.First(plan => plan.Sae.Name == pins.Reference).Seeds.First(job => job.Seed == pins.Seed)
                : null;
            plans.Add(new ConfigurationPlan(activations, sae, study, tracking, reference));
        }

        return plans;
    }

    public ActivationsJob Activations { get; }

    public IReadOnlyList<ConfigurationPlan> Configurations { get; }

    public ComparisonJob? Comparison { get; }

    public BaselineJob? Baseline { get; }

    public AsPublishedJob? AsPublished { get; }

    public IEnumerable<Job> Jobs =>
    [
        .. Configurations.SelectMany(configuration => configuration.Jobs),
        .. ((Job?[])[Comparison, Baseline, AsPublished]).OfType<Job>(),
    ];
}

/// <summary>The jobs on the seeds of one configuration at one site.</summary>
internal sealed class ConfigurationPlan
{
    public ConfigurationPlan(
        ActivationsJob activations, StudySae sae, StudyOptions study, StudyTracking tracking, SaeJob? reference)
    {
        var analyses = study.Analyses;
        Sae = sae;
        var isControl = activations.Transformer.Transformer.Control is not null;
        var isMeasuredAlong = analyses.Dynamics && !isControl;
        var trained = isMeasuredAlong
            ? sae with { Options = SnapshotDefaults.Apply(sae.Options, activations.Modulus * activations.Modulus) }
            : sae;
        Seeds = [.. (sae.Seeds ?? study.Seeds).Select(seed => new SaeJob(activations, trained, seed, tracking, reference))];
        Stability = new StabilityJob(activations, sae.Name, Seeds, analyses);
        Recovery = analyses.Circuit ? new RecoveryJob(activations, sae.Name, Seeds, analyses) : null;
        Portraits = analyses.Portraits > 0 && Seeds.Count > 1 && sae.BaselineOf is null && !isControl
            ? new PortraitJob(activations, sae.Name, Seeds, Stability, analyses.Portraits)
            : null;
        Function = analyses.Function && Seeds.Count > 1 ? new FunctionJob(activations, sae.Name, Seeds) : null;
        Dynamics = isMeasuredAlong ? new DynamicsJob(activations, sae.Name, Seeds, Stability, analyses) : null;
    }

    public StudySae Sae { get; }

    public IReadOnlyList<SaeJob> Seeds { get; }

    public StabilityJob Stability { get; }

    public RecoveryJob? Recovery { get; }

    public PortraitJob? Portraits { get; }

    public DynamicsJob? Dynamics { get; }

    public FunctionJob? Function { get; }

    public IEnumerable<Job> Jobs => ((Job?[])[.. Seeds, Stability, Recovery, Portraits, Function, Dynamics]).OfType<Job>();
}
