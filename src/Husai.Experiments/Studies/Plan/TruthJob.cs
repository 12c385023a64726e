using Husai.Analysis.Worlds;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Sampling;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Compares the SAEs of a configuration with the features of their world, and their agreement with what is true.</summary>
internal sealed class TruthJob(WorldJob world, string configuration, IReadOnlyList<SaeJob> seeds, StabilityJob stability)
    : Job($"truth/{world.Place}/{configuration}", [.. seeds, stability, world])
{
    private const int ChanceDraws = 4;
    private const double ProductSeconds = 5e-11;
    private const double AssignmentSeconds = 2e-9;

    public override string Kind => "truth";

    public override IReadOnlyList<string> Outputs => [TruthResult.FileName];

    public override string Inputs =>
        FormattableString.Invariant($"rows: {world.Options.EvaluationRows}\n") + (LargestOfBatch is null ? "" : "by_batch: true\n")
        + (Snapshots == 0 ? "" : "snapshots: true\n");

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override double Cost
    {
        get
        {
            double latents = Options.LatentsFor(world.Width), features = world.Options.Options.Features;
            var measured = seeds.Count * (1 + Snapshots);
            return 0.2 + measured * latents * world.Width * world.Options.EvaluationRows * ProductSeconds
                + (ChanceDraws + measured) * Math.Min(latents, features) * latents * features * AssignmentSeconds / 10;
        }
    }

    private int? LargestOfBatch =>
        world.Options.EvaluateByBatch && Options.Method().ChoosesOverBatch ? Options.K : null;

    private double Snapshots => Options.SnapshotSteps.Count
        + (Options.SnapshotEvery > 0 ? Options.StepsFor(world.Rows) / Options.SnapshotEvery : 0);

    private SaeOptions Options => seeds[0].Options;

    public override void Run(JobContext context, Workers workers)
    {
        var made = world.World(workers);
        var samples = new WorldSampler(made, (ulong)StudyWorld.EvaluationSeed);
        var rows = world.Options.EvaluationRows;
        List<SaeJob> trained = [.. seeds.Where(context.IsComplete)];
        var snapshots = TrainingSnapshot.CommonTo(trained.ConvertAll(context.FolderOf), Options.StepsFor(world.Rows));
        var (measured, inAll) = (0, trained.Count * (snapshots.Count + 1));
        var chance = RecoveryChance.Draw(
            Options.LatentsFor(world.Width), made.Dictionary, ChanceDraws, seed: 0, workers.Until(context.Cancellation));
        var evaluations = trained.ConvertAll(seed => Evaluate(seed.Load(context).Sae));
        var agreement = ExperimentJson.Read<StabilityResult>(
            Path.Combine(context.FolderOf(stability), StabilityResult.FileName)).Agreement;
        ExperimentJson.Write(context.PathOf(TruthResult.FileName), new TruthResult(
            chance, Seeds(evaluations), agreement?.Kappa?.Value, agreement?.KappaWithoutEach() ?? [],
            agreement is null
                ? null
                : StableLatents.Measure(
                    agreement.PerLatent, [.. evaluations.Select(evaluation => evaluation.Recovery)], evaluations[0].Rates),
            snapshots.Count == 0
                ? null
                : [.. snapshots.Select(step => new TruthAtStep(
                    step[0].Step, Seeds([.. step.Select(snapshot => Evaluate(SaeFolder.Load(snapshot.Folder).Sae))])))]));

        WorldEvaluation Evaluate(Sae sae)
        {
            var evaluation = WorldEvaluator.Evaluate(
                sae, samples, rows, workers.Until(context.Cancellation),
                done => context.Report((measured + done / (double)rows) / inAll, "samples"), LargestOfBatch);
            measured++;
            return evaluation;
        }

        List<SeedTruth> Seeds(List<WorldEvaluation> evaluations) =>
            [.. evaluations.Select((evaluation, index) => SeedTruth.From(trained[index].Seed, evaluation))];
    }
}
