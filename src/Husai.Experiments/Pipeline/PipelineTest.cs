using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Experiments.Pipeline;

/// <summary>
/// The five steps from a transformer to the agreement of two seeds, on a transformer that it trains or a given one, with the marks that
/// the SAE must reach.
/// </summary>
internal sealed class PipelineTest
{
    /// <summary>Number of steps.</summary>
    public const int StepCount = 5;

    // Of a smaller modulus there are too few inputs: half of 1024 latents die.
    private const int Modulus = 113;
    private const double LearntAccuracy = 0.99;
    private const double LowestExplainedVariance = 0.7;
    private const double HighestDeadFraction = 0.3;

    // L0 from 25 to 40 where k is 32, and in the same ratio where it is another.
    private const double LowestL0Share = 25.0 / 32;
    private const double HighestL0Share = 40.0 / 32;

    private static readonly SaeOptions LargeSae = new()
    {
        Latents = 1024,
        K = 32,
        Epochs = 20,
        EvaluateEvery = 0,
        CheckpointEvery = 0,
    };

    private static readonly SaeOptions SmallSae = LargeSae with { Latents = 128, K = 8 };

    private readonly string? _checkpoint;
    private readonly SaeOptions _sae;
    private readonly Workers _workers;
    private readonly CancellationToken _cancellation;
    private Transformer? _transformer;
    private Matrix? _activations;
    private SavedSae? _first;

    private PipelineTest(string? checkpoint, bool small, Workers workers, CancellationToken cancellation)
    {
        _checkpoint = checkpoint;
        _sae = small ? SmallSae : LargeSae;
        _workers = workers;
        _cancellation = cancellation;
    }

    /// <summary>Runs the steps one after another; those after one that broke fail for want of its result.</summary>
    /// <param name="checkpoint">Folder of a trained transformer, or null to train one.</param>
    /// <param name="small">Whether the SAEs have 128 latents, 8 of them active, instead of 1024 and 32.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="cancellation">Stops between two steps of a training.</param>
    /// <returns>Each step as it is done.</returns>
    /// <exception cref="OperationCanceledException">The test was stopped.</exception>
    public static IEnumerable<PipelineStep> Run(
        string? checkpoint, bool small, Workers workers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(workers);
        return new PipelineTest(checkpoint, small, workers, cancellation).Run();
    }

    private IEnumerable<PipelineStep> Run()
    {
        yield return Try(_checkpoint is null ? "train a transformer" : "load the transformer", Transformer);
        yield return Try("extract activations", Extract);
        yield return Try("train an SAE, save and load it", Train);
        yield return Try("compare it with the circuit", Validate);
        yield return Try("match two seeds", Match);
    }

    private static PipelineStep Try(string name, Func<(bool, string)> step)
    {
        try
        {
            var (ok, detail) = step();
            return new PipelineStep(name, ok, detail);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new PipelineStep(name, false, exception.Message.ReplaceLineEndings(" "));
        }
    }

    private (bool, string) Transformer()
    {
        if (_checkpoint is not null)
        {
            var loaded = TransformerCheckpoint.Load(_checkpoint);
            _transformer = loaded.Model;
            return (true, $"{loaded.Task.Name} mod {loaded.Task.Modulus}, {loaded.Model.Options.Layers} layers");
        }

        var trainer = new TransformerTrainer(
            new TransformerRunOptions
            {
                Task = new TaskOptions { Modulus = Modulus },
                Training = new TransformerTrainingOptions
                {
                    Epochs = 600,
                    LearningRate = 0.01,
                    WeightDecay = 3,
                    MaximumGradientNorm = 0.3,
                    CleanUpEpochs = 50,
                },
            },
            _workers);
        var result = trainer.Train(cancellation: _cancellation);
        _transformer = trainer.Model;
        return (result.Last.TestAccuracy >= LearntAccuracy, FormattableString.Invariant(
            $"addition mod {Modulus}: held-out accuracy {result.Last.TestAccuracy:0.000} after {result.Epochs} epochs"));
    }

    private (bool, string) Extract()
    {
        var model = Need(_transformer, "a transformer");
        _activations = model.Activations(ActivationSite.ResidPost, model.Options.Layers - 1, workers: _workers);

        // The activations lead to the same logits, or the site is not what it is called.
        var same = model.EvaluateLogits(
            model.LogitsFrom(ActivationSite.ResidPost, model.Options.Layers - 1, _activations, _workers), workers: _workers);
        var own = model.EvaluateLogits(model.Logits(_workers), workers: _workers);
        return (same.Accuracy.Equals(own.Accuracy), FormattableString.Invariant(
            $"{_activations.Shape} of resid_post; put back, the model's accuracy is {same.Accuracy:0.000}"));
    }

    private (bool, string) Train()
    {
        var result = TrainSeed(42);
        _first = SavedAndLoaded(result.Saved);
        var same = SaeFolder.WeightsHash(_first.Sae) == result.WeightsHash;
        var (explained, l0, dead) = (result.Metrics.ExplainedVariance, result.Metrics.L0, result.Metrics.DeadFraction);
        var (least, most) = (LowestL0Share * _sae.K, HighestL0Share * _sae.K);
        return (
            same && explained > LowestExplainedVariance && l0 >= least && l0 <= most && dead < HighestDeadFraction,
            string.Create(
                CultureInfo.InvariantCulture,
                $"TopK, {_sae.Latents} latents, k = {_sae.K}: L0 {l0:0.0} ({least:0.#} to {most:0.#}), "
                    + $"explained variance {explained:0.000} (> {LowestExplainedVariance}), dead {dead:0.0%} (< {HighestDeadFraction:0%}); "
                    + $"loaded again: {(same ? "the same weights" : "other weights")}"));
    }

    private static SavedSae SavedAndLoaded(SavedSae saved)
    {
        var folder = Directory.CreateTempSubdirectory("husai-pipeline-").FullName;
        try
        {
            SaeFolder.Save(folder, saved);
            return SaeFolder.Load(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private (bool, string) Validate()
    {
        var (model, activations, saved) = (Need(_transformer, "a transformer"), Need(_activations, "activations"), Need(_first, "an SAE"));
        var circuit = Circuit.Of(activations, model.Task.Modulus, workers: _workers);
        var report = new CircuitRecovery(
            circuit, activations, new RecoveryOptions { NullDirections = 1024, NullDraws = 2 }, workers: _workers)
            .Measure(new BasisUnderTest(Dictionary(saved, "seed 42"), saved.Sae.MapsOf(activations, workers: _workers)));
        return (report.FourierOverlap > report.Nulls?.Isotropic.Mean, string.Create(
            CultureInfo.InvariantCulture,
            $"{circuit.Planes.Count} planes with {circuit.PlaneShare:0%} of the variance; fourier overlap {report.FourierOverlap:0.000}, "
                + $"isotropic {report.Nulls?.Isotropic.Mean:0.000}, other planes of the same span "
                + $"{report.ChoiceOfPlane?.OtherPlanes.Value:0.000}"));
    }

    private (bool, string) Match()
    {
        var (activations, saved) = (Need(_activations, "activations"), Need(_first, "an SAE"));
        var options = new SimilarityOptions();
        var (first, second) = (Dictionary(saved, "seed 42"), Dictionary(TrainSeed(123).Saved, "seed 123"));
        var similarity = DictionarySimilarity.Between(first, second, options, _workers);
        var itself = DictionarySimilarity.Between(first, first, options, _workers).Value;
        var (a, b) = (similarity.First.Latents.Length, similarity.Second.Latents.Length);
        var isotropic = IsotropicChance.For(activations.Columns, a, b, options, workers: _workers).Value;
        return (itself > 0.999 && similarity.Value > isotropic && similarity.Value < 1, FormattableString.Invariant(
            $"{options.Name}: {similarity.Value:0.000}, isotropic chance {isotropic:0.000}"));
    }

    private SaeTrainingResult TrainSeed(long seed) => new SaeTrainer(
        _sae with { Seed = seed }, new MatrixActivations(Need(_activations, "activations")),
        workers: _workers).Train(cancellation: _cancellation);

    private static LatentDictionary Dictionary(SavedSae saved, string name) =>
        new(name, saved.Sae.Decoder, saved.Sae.Encoder, saved.FiringFrequencies);

    private static T Need<T>(T? value, string name)
        where T : class => value ?? throw new InvalidOperationException($"an earlier step gave no {name.Split(' ')[^1]}");
}
