using Husai.Analysis.Worlds;
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
        FormattableString.Invariant($"rows: {world.Options.EvaluationRows}\n") + (LargestOfBatch is null ? "" : "by_batch: true\n");

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override double Cost
    {
        get
        {
            double latents = seeds[0].Options.LatentsFor(world.Width), features = world.Options.Options.Features;
            return 0.2 + seeds.Count * latents * world.Width * world.Options.EvaluationRows * ProductSeconds
                + (ChanceDraws + seeds.Count) * Math.Min(latents, features) * latents * features * AssignmentSeconds / 10;
        }
    }

    private int? LargestOfBatch =>
        world.Options.EvaluateByBatch && seeds[0].Options.Method().ChoosesOverBatch ? seeds[0].Options.K : null;

    public override void Run(JobContext context, Workers workers)
    {
        var made = world.World(workers);
        var samples = new WorldSampler(made, (ulong)StudyWorld.EvaluationSeed);
        var rows = world.Options.EvaluationRows;
        List<SaeJob> trained = [.. seeds.Where(context.IsComplete)];
        var chance = RecoveryChance.Draw(
            seeds[0].Options.LatentsFor(world.Width), made.Dictionary, ChanceDraws, seed: 0, workers.Until(context.Cancellation));
        List<WorldEvaluation> evaluations =
        [
            .. trained.Select((seed, index) => WorldEvaluator.Evaluate(
                seed.Load(context).Sae, samples, rows, workers.Until(context.Cancellation),
                done => context.Report((index + done / (double)rows) / trained.Count, "samples"), LargestOfBatch)),
        ];
        var agreement = ExperimentJson.Read<StabilityResult>(
            Path.Combine(context.FolderOf(stability), StabilityResult.FileName)).Agreement;
        ExperimentJson.Write(context.PathOf(TruthResult.FileName), new TruthResult(
            chance, [.. evaluations.Select((evaluation, index) => SeedTruth.From(trained[index].Seed, evaluation))],
            agreement?.Kappa?.Value, agreement?.KappaWithoutEach() ?? [],
            agreement is null
                ? null
                : StableLatents.Measure(
                    agreement.PerLatent, [.. evaluations.Select(evaluation => evaluation.Recovery)], evaluations[0].Rates)));
    }
}
