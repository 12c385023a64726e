using Husai.Analysis.Circuits;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Autoencoders.Storage;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Measures the seeds of a configuration at every snapshot that all of them have, and at the end.</summary>
internal sealed class DynamicsJob(
    ActivationSourceJob activations, string configuration, IReadOnlyList<SaeJob> seeds, StabilityJob stability, StudyAnalyses analyses)
    : Job($"dynamics/{activations.Place}/{configuration}", [.. seeds, activations, stability])
{
    private const double PairSeconds = 2e-10;
    private const int UsualSnapshots = 8;

    public override string Kind => "dynamics";

    // 3: fewer draws before the end, whose agreement is that of the stability job.
    public override int Version => 3;

    // Without the stability, as of seeds one of which is dead, the agreement at the end is measured here.
    public override bool CanDoWithout(Job dependency) => dependency is SaeJob or StabilityJob;

    public override IReadOnlyList<string> Outputs => [DynamicsResult.FileName];

    public override string Inputs => ConfigurationWriter.WriteKey(new StudyAnalyses
    {
        Similarity = analyses.Similarity,
        FurtherSimilarities = [],
        ChanceDraws = analyses.ChanceDraws,
        Circuit = analyses.Circuit && activations is ActivationsJob,
        Planes = analyses.Planes,
    });

    public override double Cost
    {
        get
        {
            var latents = seeds[0].Options.LatentsFor(activations.Width);
            var pairs = seeds.Count * (seeds.Count + 1) / 2 + analyses.UsualDraws();
            return 0.2 + PairSeconds * UsualSnapshots * pairs * latents * (double)latents * activations.Width;
        }
    }

    public override void Run(JobContext context, Workers workers)
    {
        var covariance = activations.Covariance(context, workers);
        var planes = analyses.Circuit && activations is ActivationsJob site ? site.Derived.KnownCircuit(context, workers).Planes : [];
        var trained = seeds.Where(context.IsComplete).ToList();
        var final = trained.ConvertAll(seed => SeedAt.End(seed, context));
        var atEnd = context.IsComplete(stability)
            ? ExperimentJson.Read<StabilityResult>(Path.Combine(context.FolderOf(stability), StabilityResult.FileName)).Agreement?.Main
            : null;
        var points = new List<StudyDynamicsPoint>();
        foreach (var snapshots in TrainingSnapshot.CommonTo(trained.ConvertAll(context.FolderOf), final.Min(seed => seed.Step)))
        {
            var step = snapshots[0].Step;
            context.Cancellation.ThrowIfCancellationRequested();
            context.Report(points.Count / (double)UsualSnapshots, FormattableString.Invariant($"step {step}"));
            points.Add(Measure(step, [.. snapshots.Select(SeedAt.Snapshot)]));
        }

        points.Add(Measure(final.Max(seed => seed.Step), final));
        ExperimentJson.Write(context.PathOf(DynamicsResult.FileName), new DynamicsResult(analyses.Similarity.Name, points));

        StudyDynamicsPoint Measure(long step, List<SeedAt> now) => new(
            step, Agreement(step, now, final, covariance, atEnd, workers),
            Jackknife.OfMean([.. now.Select(seed => seed.ExplainedVariance)]),
            planes.Count > 0 && now.All(IsAlive) ? Jackknife.OfMean([.. now.Select(seed => Overlap(seed, planes, workers))]) : null);
    }

    private DynamicsPoint? Agreement(
        long step, List<SeedAt> now, List<SeedAt> final, Covariance covariance, SeedSimilarity? atEnd, Workers workers) =>
        now.Count > 1 && now.Concat(final).All(IsAlive)
            ? StabilityDynamics.At(
                step, Dictionaries(now), Dictionaries(final),
                analyses.StabilityOptions(), covariance, workers, atEnd: atEnd)
            : null;

    private static LatentDictionary[] Dictionaries(List<SeedAt> seeds) => [.. seeds.Select(seed => seed.Dictionary)];

    private bool IsAlive(SeedAt seed) =>
        analyses.Similarity.IncludeDead
            || seed.Dictionary.FiringFrequencies!.Any(frequency => frequency >= analyses.Similarity.DeadThreshold);

    private double Overlap(SeedAt seed, IReadOnlyList<FourierPlane> planes, Workers workers) => PlaneEnergies.Of(
        [.. planes.Select(plane => plane.Basis)],
        LatentSelection.Of(seed.Dictionary, analyses.Similarity).RowsOf(seed.Dictionary.Decoder), workers).BestEnergies.Average();

    /// <summary>An SAE at a step of its training.</summary>
    private sealed record SeedAt(long Step, LatentDictionary Dictionary, double ExplainedVariance)
    {
        public static SeedAt End(SaeJob job, JobContext context)
        {
            var result = ExperimentJson.Read<SaeResult>(Path.Combine(context.FolderOf(job), SaeResult.FileName));
            return new SeedAt(result.Steps, job.LoadDictionary(context), result.Metrics.ExplainedVariance);
        }

        public static SeedAt Snapshot(TrainingSnapshot snapshot)
        {
            var saved = SaeFolder.Load(snapshot.Folder);
            return new SeedAt(
                snapshot.Step,
                new LatentDictionary(snapshot.Folder, saved.Sae.Decoder, saved.Sae.Encoder, saved.FiringFrequencies),
                snapshot.ExplainedVarianceOf(saved));
        }
    }
}
