using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;

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
        Worlds = [.. study.Worlds.Select(world => new WorldPlan(new WorldJob(world), study, tracking))];
        Extractions =
        [
            .. study.Networks.Select(network => new NetworkExtractionJob(network)),
            .. study.Networks.SelectMany(network => ControlNetworks.Beside(network, study.Controls))
                .Select(control => new NetworkExtractionJob(control, new RandomisedNetworkJob(control))),
        ];
        StoredActivationsJob[] stored =
        [
            .. Extractions.SelectMany(extraction => extraction.Network.Sites.Select((_, site) => new NetworkSiteJob(extraction, site))),
            .. study.Activations.Select(given => new OwnActivationsJob(given)),
        ];
        Stored = [.. stored.Select(activations => new StoredPlan(activations, study, tracking))];
        Graph = new JobGraph(
            [
                .. Transformers, .. Sites.SelectMany(site => site.Jobs), .. Worlds.SelectMany(world => world.Jobs),
                .. Stored.SelectMany(stored => stored.Jobs),
            ]);
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

    public IReadOnlyList<WorldPlan> Worlds { get; }

    /// <summary>Text through networks.</summary>
    public IReadOnlyList<NetworkExtractionJob> Extractions { get; }

    /// <summary>What has no known truth.</summary>
    public IReadOnlyList<StoredPlan> Stored { get; }

    public JobGraph Graph { get; }
}

/// <summary>The jobs on the same activations.</summary>
internal abstract class SourcePlan
{
    protected SourcePlan(ActivationSourceJob source, StudyOptions study, StudyTracking tracking)
    {
        Configurations = Plans(source, study, tracking);
    }

    public IReadOnlyList<ConfigurationPlan> Configurations { get; }

    /// <summary>Configurations against each other; null where none are compared.</summary>
    public ComparisonJob? Comparison { get; protected init; }

    public virtual IEnumerable<Job> Jobs =>
        [.. Configurations.SelectMany(configuration => configuration.Jobs), .. ((Job?[])[Comparison]).OfType<Job>()];

    /// <summary>What is not learnt is not compared: the tests are those of the study without baselines.</summary>
    protected IReadOnlyList<ConfigurationPlan> Learnt => [.. Configurations.Where(configuration => configuration.Sae.BaselineOf is null)];

    /// <summary>Compares those that are tested: chance between many wide sets takes longer than all their trainings.</summary>
    protected ComparisonJob? CompareTested(ActivationSourceJob source, StudyAnalyses analyses)
    {
        ConfigurationPlan[] tested = [.. Learnt.Where(configuration => analyses.IsCompared(configuration.Sae.Name, Learnt.Count))];
        return tested.Length > 1 ? Compare(source, tested, analyses) : null;
    }

    protected static ComparisonJob Compare(
        ActivationSourceJob source, IReadOnlyList<ConfigurationPlan> configurations, StudyAnalyses analyses) => new(
        source, [.. configurations.SelectMany(configuration => configuration.Seeds)],
        [.. configurations.Select(configuration => configuration.Stability)], analyses);

    // What decoder rows are pinned to stands before what is pinned.
    private static List<ConfigurationPlan> Plans(ActivationSourceJob source, StudyOptions study, StudyTracking tracking)
    {
        var plans = new List<ConfigurationPlan>();
        foreach (var sae in source.IsControl ? study.Saes : study.SaesWithBaselines())
        {
            var reference = sae.Pinned is { } pins
                ? plans.First(plan => plan.Sae.Name == pins.Reference).Seeds.First(job => job.Seed == pins.Seed)
                : null;
            var pooled = sae.Pooled is { } pool ? plans.First(plan => plan.Sae.Name == pool.Reference).Seeds : [];
            plans.Add(new ConfigurationPlan(source, sae, study, tracking, reference, pooled));
        }

        return plans;
    }
}

/// <summary>The jobs on the activations of one site of one transformer.</summary>
internal sealed class SitePlan : SourcePlan
{
    public SitePlan(ActivationsJob activations, StudyOptions study, StudyTracking tracking)
        : base(activations, study, tracking)
    {
        Activations = activations;
        Comparison = activations.IsControl || !study.Analyses.AllPairs ? null : Compare(activations, Learnt, study.Analyses);
        Baseline = study.Analyses.Circuit ? new BaselineJob(activations, study.Analyses) : null;
    }

    public ActivationsJob Activations { get; }

    public BaselineJob? Baseline { get; }

    public override IEnumerable<Job> Jobs => [.. base.Jobs, .. ((Job?[])[Baseline]).OfType<Job>()];
}

/// <summary>The jobs on one world.</summary>
internal sealed class WorldPlan : SourcePlan
{
    public WorldPlan(WorldJob world, StudyOptions study, StudyTracking tracking)
        : base(world, study, tracking)
    {
        World = world;
        Comparison = CompareTested(world, study.Analyses);
    }

    public WorldJob World { get; }
}

/// <summary>The jobs on the seeds of one configuration on the same activations.</summary>
internal sealed class ConfigurationPlan
{
    public ConfigurationPlan(
        ActivationSourceJob source, StudySae sae, StudyOptions study, StudyTracking tracking, SaeJob? reference,
        IReadOnlyList<SaeJob> pooled)
    {
        var analyses = study.Analyses;
        var activations = source as ActivationsJob;
        Sae = sae;
        var isMeasuredAlong = analyses.Dynamics && source is not WorldJob && !source.IsControl;
        var trained = isMeasuredAlong
            ? sae with { Options = SnapshotDefaults.Apply(sae.Options, source.Rows) }
            : sae;
        Seeds =
        [
            .. (sae.Seeds ?? study.Seeds).Select((seed, index) => new SaeJob(
                source, trained, seed, tracking, reference, PoolOf(sae, index, pooled))),
        ];
        Stability = new StabilityJob(source, sae.Name, Seeds, analyses);
        Truth = source is WorldJob world ? new TruthJob(world, sae.Name, Seeds, Stability) : null;
        Function = analyses.Function && Seeds.Count > 1 && source is not WorldJob ? new FunctionJob(source, sae.Name, Seeds) : null;
        Contexts = analyses.ShownContexts > 0 && Seeds.Count > 1 && sae.BaselineOf is null
            && source is StoredActivationsJob { HasText: true, IsControl: false } store
            ? new ContextsJob(store, sae.Name, Seeds, Stability, analyses.ShownContexts)
            : null;
        Dynamics = isMeasuredAlong ? new DynamicsJob(source, sae.Name, Seeds, Stability, analyses) : null;
        if (activations is null)
        {
            return;
        }

        Recovery = analyses.Circuit ? new RecoveryJob(activations, sae.Name, Seeds, analyses) : null;
        Portraits = analyses.Portraits > 0 && Seeds.Count > 1 && sae.BaselineOf is null && !source.IsControl
            ? new PortraitJob(activations, sae.Name, Seeds, Stability, analyses.Portraits)
            : null;
    }

    private static IReadOnlyList<SaeJob>? PoolOf(StudySae sae, int index, IReadOnlyList<SaeJob> jobs) => sae.Pooled is { } pool
        ? [.. jobs.Skip(index * pool.Members).Take(pool.Members)]
        : null;

    public StudySae Sae { get; }

    public IReadOnlyList<SaeJob> Seeds { get; }

    public StabilityJob Stability { get; }

    public TruthJob? Truth { get; }

    public RecoveryJob? Recovery { get; }

    public PortraitJob? Portraits { get; }

    public ContextsJob? Contexts { get; }

    public DynamicsJob? Dynamics { get; }

    public FunctionJob? Function { get; }

    public IEnumerable<Job> Jobs => ((Job?[])[.. Seeds, Stability, Truth, Recovery, Portraits, Function, Contexts, Dynamics]).OfType<Job>();
}
