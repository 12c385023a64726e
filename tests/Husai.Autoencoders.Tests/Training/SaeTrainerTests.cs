using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Training;

public sealed class SaeTrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-training").FullName;
    private readonly MatrixActivations _source = new(SyntheticActivations.Create(1100));

    public static TheoryData<string> Architectures => [.. TrainingMethods.All.Select(method => method.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_architecture_learns_to_reconstruct(string architecture)
    {
        var result = new SaeTrainer(Options(architecture) with { Epochs = 60 }, _source).Train();

        Assert.True(result.Metrics.ExplainedVariance > 0.75, $"explained variance {result.Metrics.ExplainedVariance}");
        Assert.True(result.Metrics.L0 < 16, $"L0 {result.Metrics.L0}");
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_training_that_was_interrupted_and_resumed_ends_with_the_same_bits(string architecture)
    {
        var whole = Path.Combine(_folder, "whole");
        var parts = Path.Combine(_folder, "parts");
        var options = Options(architecture) with { EvaluateEvery = 7, CheckpointEvery = 5, ResampleEvery = 11, KAnnealFraction = 0.5 };
        var expected = new SaeTrainer(options, _source, whole).Train();

        foreach (var stopAt in new[] { 3, 12, 38 })
        {
            using var source = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts).Train(
                resume: true, step => CancelAt(step, stopAt, source), cancellation: source.Token));
        }

        var actual = new SaeTrainer(options, _source, parts).Train(resume: true);

        Assert.Equal(expected.WeightsHash, actual.WeightsHash);
        Assert.Equal(SortedFiles(whole), SortedFiles(parts));
    }

    [Fact]
    public void An_interruption_before_the_first_step_writes_no_state_and_keeps_the_one_there_is()
    {
        var options = Options("topk") with { EvaluateEvery = 7, CheckpointEvery = 5 };
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        var state = Path.Combine(parts, "resume.safetensors");
        var expected = new SaeTrainer(options, _source, whole).Train();
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts).Train(cancellation: stopped.Token));
        Assert.False(File.Exists(state));

        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts).Train(
            resume: true, step => CancelAt(step, 12, source), cancellation: source.Token));
        var saved = File.ReadAllBytes(state);
        Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts).Train(
            resume: true, cancellation: stopped.Token));
        Assert.Equal(saved, File.ReadAllBytes(state));

        Assert.Equal(expected.WeightsHash, new SaeTrainer(options, _source, parts).Train(resume: true).WeightsHash);
        Assert.Equal(SortedFiles(whole), SortedFiles(parts));
    }

    [Fact]
    public void What_is_measured_at_the_end_can_be_interrupted_too()
    {
        var options = Options("topk") with { EvaluateEvery = 7, CheckpointEvery = 5 };
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        var expected = new SaeTrainer(options, _source, whole).Train();
        using var source = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts).Train(
            resume: true, step => CancelAt(step, step.Steps, source), cancellation: source.Token));
        Assert.False(File.Exists(Path.Combine(parts, "summary.json")));

        Assert.Equal(expected.WeightsHash, new SaeTrainer(options, _source, parts).Train(resume: true).WeightsHash);
        Assert.Equal(SortedFiles(whole), SortedFiles(parts));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void An_evaluation_on_the_way_can_be_interrupted_and_ends_with_the_same_bits(string architecture)
    {
        var options = Options(architecture) with { EvaluateEvery = 7, CheckpointEvery = 5, SnapshotSteps = [14], KAnnealFraction = 0.5 };
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        var expected = new List<SaeProgress>();
        new SaeTrainer(options, _source, whole).Train(progress: expected.Add);
        var actual = new List<SaeProgress>();
        foreach (var evaluated in new[] { 7L, 14L, expected[^1].Step })
        {
            using var stop = new CancellationTokenSource();
            var source = new CancellingSource(_source, options.BatchSize, stop);
            var trainer = new SaeTrainer(options, source, parts);

            Assert.Throws<OperationCanceledException>(() => trainer.Train(
                resume: true,
                step =>
                {
                    actual.Add(step);
                    source.IsArmed = step.Step == evaluated - 1;
                },
                cancellation: stop.Token));

            Assert.Equal(evaluated - 1, actual[^1].Step);
            Assert.Equal((evaluated - 1) / 7, File.ReadLines(Path.Combine(parts, "metrics.jsonl")).Count());
        }

        new SaeTrainer(options, _source, parts).Train(resume: true, actual.Add);

        Assert.Equal(SortedFiles(whole), SortedFiles(parts));
        Assert.Equal(
            expected.Select(step => (step.Step, step.Loss, step.Batch, step.LearningRate, step.K)),
            actual.Select(step => (step.Step, step.Loss, step.Batch, step.LearningRate, step.K)));
    }

    [Fact]
    public void A_training_killed_between_checkpoints_resumes_from_the_last_one()
    {
        var options = Options("topk") with { EvaluateEvery = 4, CheckpointEvery = 10 };
        var whole = Path.Combine(_folder, "whole");
        var parts = Path.Combine(_folder, "parts");
        new SaeTrainer(options, _source, whole).Train();

        // An exception out of the trainer leaves what a kill leaves: lines and weights after the checkpoint are lost or too many.
        Assert.Throws<InvalidOperationException>(() => new SaeTrainer(options, _source, parts).Train(
            resume: true, step => _ = step.Step == 17 ? throw new InvalidOperationException("killed") : 0));
        new SaeTrainer(options, _source, parts).Train(resume: true);

        Assert.Equal(SortedFiles(whole), SortedFiles(parts));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Snapshots_are_kept_at_their_steps_and_survive_an_interruption(string architecture)
    {
        // Of matching pursuit an untrained dictionary explains more with the many steps of the start than a trained one with few.
        var annealing = architecture == "matching_pursuit" ? 0 : 0.5;
        var options = Options(architecture) with
        {
            SnapshotSteps = [0, 3],
            SnapshotEvery = 10,
            CheckpointEvery = 7,
            KAnnealFraction = annealing,
        };
        var whole = Path.Combine(_folder, "whole");
        var parts = Path.Combine(_folder, "parts");
        new SaeTrainer(options, _source, whole).Train();

        Assert.Throws<InvalidOperationException>(() => new SaeTrainer(options, _source, parts).Train(
            resume: true, step => _ = step.Step == 11 ? throw new InvalidOperationException("killed") : 0));
        new SaeTrainer(options, _source, parts).Train(resume: true);

        var snapshots = TrainingSnapshot.Of(whole);
        Assert.Equal([0L, 3, 10, 20, 30, 40, 50], snapshots.Select(snapshot => snapshot.Step));
        Assert.All(snapshots, snapshot => Assert.Equal(
            SortedFiles(snapshot.Folder), SortedFiles(Path.Combine(parts, Path.GetRelativePath(whole, snapshot.Folder)))));
        var explained = snapshots.Select(snapshot => snapshot.ExplainedVarianceOf(SaeFolder.Load(snapshot.Folder))).ToArray();
        Assert.True(explained[^1] > explained[0]);
    }

    [Fact]
    public void Snapshots_do_not_change_what_is_trained_and_those_of_an_earlier_training_are_removed()
    {
        var plain = new SaeTrainer(Options("topk"), _source).Train();
        var kept = new SaeTrainer(Options("topk") with { SnapshotEvery = 5 }, _source, _folder).Train();
        var last = TrainingSnapshot.Of(_folder)[^1];

        Assert.Equal(plain.WeightsHash, kept.WeightsHash);
        Assert.Equal(kept.Steps, last.Step);
        Assert.Equal(kept.WeightsHash, SaeFolder.WeightsHash(SaeFolder.Load(last.Folder).Sae));
        Assert.Equal(kept.Metrics.ExplainedVariance, last.ExplainedVarianceOf(SaeFolder.Load(last.Folder)));

        new SaeTrainer(Options("topk"), _source, _folder).Train();
        Assert.Empty(TrainingSnapshot.Of(_folder));
    }

    [Fact]
    public void A_snapshot_whose_explained_variance_is_undefined_is_kept()
    {
        // One row is held out, and one row alone has no variance.
        var result = new SaeTrainer(
            Options("topk") with { SnapshotEvery = 2 }, new MatrixActivations(SyntheticActivations.Create(12)), _folder).Train();

        var snapshots = TrainingSnapshot.Of(_folder);
        Assert.Equal((double.NaN, 1), (result.Metrics.ExplainedVariance, result.Metrics.Rows));
        Assert.Equal([0L, 2, 4], snapshots.Select(snapshot => snapshot.Step));
        Assert.All(snapshots, snapshot => Assert.Equal(double.NaN, snapshot.ExplainedVarianceOf(SaeFolder.Load(snapshot.Folder))));
        Assert.Contains(
            "\"explained_variance\": null", File.ReadAllText(Path.Combine(snapshots[0].Folder, "cfg.json")), StringComparison.Ordinal);

        var silent = SaeFolder.Load(snapshots[0].Folder) with { Metadata = [] };
        Assert.Throws<InvalidFileException>(() => snapshots[0].ExplainedVarianceOf(silent));
    }

    [Theory]
    [InlineData(1100, 64)]
    [InlineData(1100, 5000)]
    [InlineData(2, 64)]
    public void The_number_of_steps_is_known_beforehand(int rows, int batchSize)
    {
        var options = Options("topk") with { BatchSize = batchSize };
        var source = new MatrixActivations(SyntheticActivations.Create(rows));
        Assert.Equal(new SaeTrainer(options, source).Steps, options.StepsFor(rows));
    }

    [Theory]
    [InlineData("decoder", float.NaN)]
    [InlineData("encoder.second_moment", float.NegativeInfinity)]
    public void A_state_with_a_value_that_is_not_finite_is_refused_by_name(string tensor, float value)
    {
        new SaeTrainer(Options("topk"), _source, _folder).Train();
        ChangeState((name, matrix) => matrix[0, 2] = name == tensor ? value : matrix[0, 2]);
        var error = Assert.Throws<InvalidFileException>(() =>
            new SaeTrainer(Options("topk"), _source, _folder).Train(resume: true));
        Assert.Contains($"tensor '{tensor}' holds a value that is not finite, at element 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_beyond_the_plan_is_refused()
    {
        var steps = new SaeTrainer(Options("topk"), _source, _folder).Train().Steps;
        ChangeState((_, _) => { }, ("step", $"{steps + 1}"));
        var error = Assert.Throws<InvalidFileException>(() =>
            new SaeTrainer(Options("topk"), _source, _folder).Train(resume: true));
        Assert.Contains($"is at step {steps + 1}, beyond the {steps} steps of the training", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Metrics_that_a_power_cut_shortened_are_a_warning(int lost)
    {
        var options = Options("topk") with { EvaluateEvery = 5 };
        new SaeTrainer(options, _source, _folder).Train();
        var path = Path.Combine(_folder, "metrics.jsonl");
        var lines = File.ReadAllLines(path);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length - lost)]);
        var warnings = new List<string>();
        new SaeTrainer(options, _source, _folder).Train(resume: true, warn: warnings.Add);
        Assert.Equal(lost == 0 ? 0 : 1, warnings.Count);
        Assert.Equal(lost == 0 ? lines : lines[..^1], File.ReadAllLines(path));
    }

    private void ChangeState(Action<string, Matrix> change, params (string Key, string Value)[] facts)
    {
        var path = Path.Combine(_folder, "resume.safetensors");
        var state = SafetensorsFile.Read(path);
        var metadata = state.Metadata.ToDictionary();
        foreach (var (key, value) in facts)
        {
            metadata[key] = value;
        }

        SafetensorsFile.Write(path, [.. state.Tensors.Values.Select(tensor =>
        {
            if (tensor.Type != TensorType.Float32 || tensor.Shape.Count != 2)
            {
                return tensor;
            }

            var matrix = tensor.ToMatrix();
            if (matrix.Columns > 2)
            {
                change(tensor.Name, matrix);
            }

            return NamedTensor.FromMatrix(tensor.Name, matrix);
        })], metadata);
    }

    [Fact]
    public void Side_by_side_or_alone_each_ends_with_the_same_bits()
    {
        using var workers = new Workers(2);
        List<string> names = ["relu", "topk", "batchtopk", "jumprelu", "gated"];
        var trainings = names.ConvertAll(name => (Options(name), (string?)null));

        var together = SaeTrainings.Train(trainings, _source, null, resume: false, workers);

        for (var index = 0; index < trainings.Count; index++)
        {
            Assert.Equal(new SaeTrainer(trainings[index].Item1, _source).Train().WeightsHash, together[index].WeightsHash);
        }
    }

    [Fact]
    public void Seeds_differ_and_the_order_seed_can_be_held_fixed()
    {
        string Hash(SaeOptions options) => new SaeTrainer(options, _source).Train().WeightsHash;
        var options = Options("topk");

        var hashes = new[]
        {
            Hash(options), Hash(options with { Seed = 43 }), Hash(options with { OrderSeed = 43 }),
            Hash(options with { Seed = 43, OrderSeed = 42 }),
        };

        Assert.Equal(4, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Hash(options with { OrderSeed = 42 }));
    }

    [Fact]
    public void Input_scaling_is_folded_into_what_is_saved()
    {
        var scaled = new Matrix(_source.Rows, _source.Width);
        scaled.CopyFrom(SyntheticActivations.Create(1100));
        Elementwise.Scale(scaled.AsSpan(), 64);

        var small = new SaeTrainer(Options("topk"), _source).Train();
        var large = new SaeTrainer(Options("topk"), new MatrixActivations(scaled)).Train();

        Assert.Equal(small.Metrics.ExplainedVariance, large.Metrics.ExplainedVariance, 1e-4);
        Assert.Equal(64, Math.Sqrt(large.Metrics.Mse / small.Metrics.Mse), 0.1);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_told_of_at_once()
    {
        // Whichever of them are held out.
        foreach (var (row, column) in ((int, int)[])[(0, 0), (5, 3), (298, 1), (299, 2)])
        {
            var broken = SyntheticActivations.Create(300);
            broken[row, column] = row % 2 == 0 ? float.NaN : float.NegativeInfinity;

            var error = Assert.Throws<NonFiniteActivationsException>(() =>
                new SaeTrainer(Options("topk"), new MatrixActivations(broken)).Train());

            Assert.Equal((row, column), (error.Row, error.Column));
        }
    }

    [Fact]
    public void A_value_that_is_not_finite_is_found_beyond_the_rows_that_initialisation_sees()
    {
        var rows = SyntheticActivations.Create(12_000);
        var late = 0;
        for (var row = 0; row < 8; row++)
        {
            var before = rows[row, 1];
            rows[row, 1] = float.PositiveInfinity;
            SaeTrainer? trainer = null;
            var error = Assert.Throws<NonFiniteActivationsException>(() =>
            {
                trainer = new SaeTrainer(Options("topk") with { HeldOutFraction = 0, Epochs = 1 }, new MatrixActivations(rows));
                trainer.Train();
            });
            Assert.Equal((row, 1), (error.Row, error.Column));
            late += trainer is null ? 0 : 1;
            rows[row, 1] = before;
        }

        Assert.True(late > 0, "all eight rows were in the sample");
    }

    [Fact]
    public void The_verdict_names_what_does_not_hold()
    {
        var result = new SaeTrainer(
            Options("topk") with { Checks = new CheckOptions { ExplainedVariance = 1, HighestDeadFraction = 1 } }, _source).Train();

        var failed = result.Checks.Single(check => check.Name == "explained_variance_expected");
        Assert.False(failed.Ok);
        Assert.Equal(result.Metrics.ExplainedVariance, failed.Value);
        Assert.Equal(1, failed.Limit);
        Assert.True(result.Checks.Single(check => check.Name == "dead_fraction_highest").Ok);
    }

    private static void CancelAt(in SaeProgress step, long stopAt, CancellationTokenSource source)
    {
        if (step.Step >= stopAt)
        {
            source.Cancel();
        }
    }

    private static SaeOptions Options(string architecture) => new()
    {
        Architecture = architecture,
        ExpansionFactor = 3,
        K = 4,
        L1Coefficient = 0.06,
        L0Coefficient = 0.01,
        LearningRate = 3e-3,
        BatchSize = 100,
        Epochs = 5,
        EvaluateEvery = 0,
    };

    private static List<(string, string)> SortedFiles(string folder) =>
        [.. Directory.GetFiles(folder).Select(path => (Path.GetFileName(path), Convert.ToHexString(File.ReadAllBytes(path)))).Order()];
}
