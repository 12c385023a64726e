using Husai.Analysis.Geometry;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Activations;
using Husai.Worlds.Construction;
using Husai.Worlds.Expectations;
using Husai.Worlds.Model;
using Husai.Worlds.Sampling;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Makes a world and measures what it is known for.</summary>
internal sealed class WorldJob(StudyWorld world) : ActivationSourceJob($"worlds/{world.Name}")
{
    // The covariance is that of so many samples: enough for each coordinate of any world.
    private const int CovarianceRows = 1 << 15;

    private readonly DerivedPart<World> _world = new();
    private readonly DerivedPart<Covariance> _covariance = new();

    public StudyWorld Options => world;

    public override string Kind => "world";

    public override IReadOnlyList<string> Outputs => [WorldResult.FileName];

    public override string Inputs => ConfigurationWriter.WriteKey(world with { EvaluationRows = 1, EvaluateByBatch = false });

    public override string Place => world.Name;

    public override int Width => world.Options.Width;

    public override int Rows => world.Rows;

    /// <summary>The world, made once in a run of the study.</summary>
    public World World(Workers workers) => _world.Get(() => WorldBuilder.Build(world.Options, workers));

    /// <summary>What was found on the world.</summary>
    public WorldResult Load(JobContext context) =>
        ExperimentJson.Read<WorldResult>(Path.Combine(context.FolderOf(this), WorldResult.FileName));

    public override TrainingActivations Open(JobContext context, Workers workers)
    {
        var sampler = new WorldSampler(World(workers), (ulong)StudyWorld.TrainingSeed);
        var provenance = new Provenance
        {
            Dataset = world.Name,
            WorldHash = Load(context).Hash,
            SampleSeed = StudyWorld.TrainingSeed,
        };
        return new TrainingActivations(new WorldActivations(sampler, Rows), provenance, null);
    }

    public override Covariance Covariance(JobContext context, Workers workers) => _covariance.Get(() =>
    {
        var rows = new Matrix(Math.Min(Rows, CovarianceRows), Width);
        new WorldSampler(World(workers), (ulong)StudyWorld.TrainingSeed).CopyHidden([.. Enumerable.Range(0, rows.Rows)], rows, workers);
        return Analysis.Geometry.Covariance.Of(rows, workers);
    });

    public override void Run(JobContext context, Workers workers)
    {
        var made = World(workers);
        var covariance = Covariance(context, workers);
        ExperimentJson.Write(context.PathOf(WorldResult.FileName), new WorldResult(
            WorldHash.Of(made), made.Features, made.Width, ExactRates.Find(made).Sum(), made.Correlation is null,
            EffectiveRank.Of(covariance)));
    }
}
