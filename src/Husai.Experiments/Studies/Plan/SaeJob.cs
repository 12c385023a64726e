using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Experiments.Configuration;
using Husai.Experiments.Folders;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Experiments.Trackers;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Trains an SAE.</summary>
/// <param name="activations">What it is trained on.</param>
/// <param name="configuration">Its configuration.</param>
/// <param name="seed">Its seed.</param>
/// <param name="tracking">Trackers.</param>
/// <param name="reference">The SAE that its pinned decoder rows come from; null where none are.</param>
/// <param name="pool">The SAEs whose latents it starts from; null for a start of its own.</param>
internal sealed class SaeJob(
    ActivationSourceJob activations, StudySae configuration, long seed, StudyTracking tracking, SaeJob? reference = null,
    IReadOnlyList<SaeJob>? pool = null)
    : Job(
        $"saes/{activations.Place}/{configuration.Name}/{RunFolders.OfSeed(seed)}",
        [activations, .. reference is null ? [] : (Job[])[reference], .. pool ?? []])
{
    private const double FlopsPerSecond = 4e10;

    public ActivationSourceJob Activations { get; } = activations;

    public string Configuration { get; } = configuration.Name;

    public long Seed { get; } = seed;

    public SaeOptions Options { get; } = configuration.Options with { Seed = seed };

    // The name of an earlier version: it is part of the keys of finished jobs.
    public override string Kind => "autoencoder";

    // 2: inputs are scaled after the decoder's bias is taken off.
    public override int Version => 2;

    /// <summary>The decoder rows that are not learnt, or null.</summary>
    public StudyPins? Pinned { get; } = configuration.Pinned;

    /// <summary>How results call its directions.</summary>
    public string DictionaryName => $"{Configuration}/{RunFolders.OfSeed(Seed)}";

    public override IReadOnlyList<string> Outputs => [.. SaeTrainings.Files, SaeResult.FileName];

    public override string Inputs => ConfigurationWriter.WriteKey(Options)
        + (Pinned is null ? "" : FormattableString.Invariant($"pinned fraction: {Pinned.Fraction}\n"))
        + (pool is null ? "" : FormattableString.Invariant($"pooled: {pool.Count}\n"))
        + (Pinned is null or { Choice: PinChoice.First } ? "" : $"pinned choice: {Pinned.Choice}\n")
        + (Pinned is { FreezeEncoder: true } ? "pinned encoder: frozen\n" : "");

    // The encoder's product, and what comes on top of it where the code is not sparse.
    public override double Cost =>
        (double)Activations.Rows * Options.Epochs * Options.LatentsFor(Activations.Width) * Activations.Width
        * Options.Method().OperationsOfStep / FlopsPerSecond;

    public override bool SavesWhenInterrupted => true;

    public override void Run(JobContext context, Workers workers)
    {
        var latents = Options.LatentsFor(Activations.Width);
        using var rows = Activations.Open(context, workers);
        var trainer = new SaeTrainer(
            Options, rows.Source, context.Folder, rows.Provenance, workers,
            pinnedDecoder: PinnedRows(context, latents, rows.Source), pinnedEncoder: Pinned?.FreezeEncoder ?? false,
            startingDecoder: Pooled(context, latents, workers));
        var tracked = new SaeTracking(
            [SaeTracking.Open(tracking.Names, context.Folder, Options, tracking.Study, tracking.Warn, Name)]);
        var trained = tracked.Run(() => [trainer.Train(resume: true, Report, tracking.Warn, context.Cancellation)])[0];
        void Report(SaeProgress step)
        {
            tracked.Report(step);
            context.Report(
                step.Step / (double)step.Steps, FormattableString.Invariant($"step {step.Step} of {step.Steps}, loss {step.Loss:g4}"));
        }

        ExperimentJson.Write(context.PathOf(SaeResult.FileName), new SaeResult
        {
            Seed = Seed,
            Steps = trained.Steps,
            WeightsHash = trained.WeightsHash,
            Metrics = trained.Metrics with { FiringFrequencies = [] },
            Firing = FiringHistogram.Of(trained.Metrics.FiringFrequencies),
            Checks = trained.Checks,
        });
    }

    private Matrix? PinnedRows(JobContext context, int latents, IActivationSource source) =>
        reference is null || Pinned!.RowsOf(latents) == 0
            ? null
            : Pinned.Choice.Rows(reference.Load(context).Sae, source, Pinned.RowsOf(latents));

    private Matrix? Pooled(JobContext context, int latents, Workers workers) => pool is null
        ? null
        : PooledLatents.Of([.. pool.Select(job => job.LoadDictionary(context))], latents, workers: workers);

    /// <summary>Whether any of its latents fires.</summary>
    public bool Firing(JobContext context) =>
        ExperimentJson.Read<SaeResult>(Path.Combine(context.FolderOf(this), SaeResult.FileName)).Firing.Counts.Any(count => count > 0);

    /// <summary>Reads the trained SAE.</summary>
    public SavedSae Load(JobContext context) => SaeFolder.Load(context.FolderOf(this));

    /// <summary>Reads its directions.</summary>
    public LatentDictionary LoadDictionary(JobContext context) =>
        TrainedDictionary.Load(DictionaryName, context.FolderOf(this), withEncoder: _ => true);
}
