using Husai.Analysis.Stability;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Measures how far the seeds of a configuration agree, and what chance alone would give.</summary>
internal sealed class StabilityJob(
    ActivationSourceJob activations, string configuration, IReadOnlyList<SaeJob> seeds, StudyAnalyses analyses)
    : Job($"stability/{activations.Place}/{configuration}", [.. seeds, activations])
{
    private const double PairSeconds = 2e-10;

    public override string Kind => "stability";

    /// <summary>Name of the configuration.</summary>
    public string Configuration => configuration;

    // 2: chance at each pair's own numbers of latents. 3: chance of the same shape.
    public override int Version => 3;

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    // What is measured elsewhere does not decide this result.
    public override IReadOnlyList<string> Outputs => [StabilityResult.FileName];

    public override string Inputs => ConfigurationWriter.WriteKey(
        new StudyAnalyses
        {
            Similarity = analyses.Similarity,
            FurtherSimilarities = analyses.FurtherSimilarities,
            ChanceDraws = analyses.ChanceDraws,
            SubspaceRanks = analyses.SubspaceRanks,
        });

    public override double Cost
    {
        get
        {
            var latents = seeds[0].Options.LatentsFor(activations.Width);
            var pairs = seeds.Count * (seeds.Count - 1) / 2 + analyses.UsualDraws();
            return 0.1 + PairSeconds * pairs * (1 + analyses.FurtherSimilarities.Count) * latents * (double)latents * activations.Width;
        }
    }

    public override void Run(JobContext context, Workers workers)
    {
        var trained = seeds.Where(context.IsComplete).ToList();
        var dictionaries = trained.ConvertAll(seed => seed.LoadDictionary(context));
        var covariance = activations.Covariance(context, workers);
        var agreement = dictionaries.Count < 2 ? null : SeedStability.Of(
            dictionaries, analyses.StabilityOptions(), covariance, workers: workers, progress: step =>
                context.Report(step.Done / (double)Math.Max(1, step.Total), step.Stage),
            cancellation: context.Cancellation);
        ExperimentJson.Write(
            context.PathOf(StabilityResult.FileName), new StabilityResult([.. trained.Select(seed => seed.Seed)], agreement));
    }
}
