using System.Security.Cryptography;
using System.Text;
using Husai.Formats.Files;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Models;
using Husai.Transformers.Progress;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Transformers.Tests.Training;

public sealed class RestartTests
{
    private const int GivenUp = 75;

    // A first start that is given up before it passes the gate.
    private static readonly TransformerRunOptions Gated = TransformerRunTests.Gated with
    {
        Training = TransformerRunTests.Gated.Training with { Seed = 3, Restarts = 1, RestartAfter = GivenUp },
    };

    // In mini-batches; modulo 7 the gate is not passed, and each start comes to its last epoch.
    private static readonly TransformerRunOptions Failing = new()
    {
        Task = new TaskOptions { Modulus = 7 },
        Model = new TransformerOptions { ModelWidth = 16, Heads = 2, HeadWidth = 8, MlpWidth = 24 },
        Training = new TransformerTrainingOptions
        {
            Epochs = 12,
            EvaluateEvery = 2,
            MeasureEvery = 4,
            CheckpointEvery = 5,
            BatchSize = 7,
            LearningRate = 1e-3,
            CleanUpUntilGate = true,
            Restarts = 2,
        },
    };

    [Fact]
    public void A_start_that_does_not_pass_is_followed_by_one_with_other_weights_on_the_same_pairs()
    {
        using var folder = new TemporaryFolder();
        using var alone = new TemporaryFolder();
        var result = TransformerRun.Begin(folder.Path, Gated).Train();
        var repeated = Gated with
        {
            Training = Gated.Training with { InitialisationSeed = (long)StartSeed.Of(3, 1), Restarts = 0, RestartAfter = 0 },
        };
        var expected = TransformerRun.Begin(alone.Path, repeated).Train();

        Assert.Equal(1, result.Restarts);
        Assert.True(result.StoppedEarly);
        Assert.Equal((expected.Epochs, expected.Steps, expected.GrokEpoch), (result.Epochs, result.Steps, result.GrokEpoch));
        var checkpoint = TransformerCheckpoint.Load(folder.Path);
        var same = TransformerCheckpoint.Load(alone.Path);
        Assert.Equal(same.WeightsHash, checkpoint.WeightsHash);
        Assert.Equal(same.Split!.Test, checkpoint.Split!.Test);
        Assert.Equal(TransformerCheckpoint.Load(alone["best"]).WeightsHash, TransformerCheckpoint.Load(folder["best"]).WeightsHash);
        Assert.Equal(3, checkpoint.Training!.Seed);
        Assert.Equal(1, checkpoint.Restarts);
        var inspection = TransformerInspection.Of(checkpoint);
        Assert.True(inspection.GatePassed);
        Assert.Equal(1, inspection.Restarts);
        Assert.Equal(0, TransformerCheckpoint.Load(folder["checkpoints", "epoch_000060"]).Restarts);
        Assert.Equal(1, TransformerCheckpoint.Load(folder["checkpoints", "epoch_000060_restart_1"]).Restarts);
    }

    [Fact]
    public void Metrics_hold_all_starts_each_from_its_first_epoch_on()
    {
        using var folder = new TemporaryFolder();
        var steps = new List<long>();
        var result = TransformerRun.Begin(folder.Path, Gated).Train(progress => steps.Add(progress.StepsInAll));
        var records = File.ReadLines(folder["metrics.jsonl"]).Select(CheckpointJson.Deserialize<TrainingRecord>).ToList();
        var last = TrainingRecord.OfLastStart(records);

        Assert.Equal([0, 25, 50, 75], records.Where(record => record.Restarts == 0).Select(record => record.Epoch));
        Assert.Equal(Enumerable.Range(0, result.Epochs / 25 + 1).Select(index => 25 * index), last.Select(record => record.Epoch));
        Assert.All(last, record => Assert.Equal(1, record.Restarts));
        Assert.Equal(records.Select(record => record.Step + GivenUp * record.Restarts), steps);
        Assert.Equal(4, TrainingRecord.OfLastStart([.. records.Take(4)]).Count);
        Assert.Empty(TrainingRecord.OfLastStart([]));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(74)]
    [InlineData(75)]
    [InlineData(76)]
    [InlineData(240)]
    public void A_training_that_died_in_any_start_goes_on_to_the_same_files(int step) => DiesAndGoesOn(Gated, step);

    [Theory]
    [InlineData(3)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(52)]
    [InlineData(95)]
    [InlineData(96)]
    [InlineData(130)]
    public void So_does_one_in_mini_batches_that_never_passes(int step) => DiesAndGoesOn(Failing, step);

    [Theory]
    [InlineData(0, 50)]
    [InlineData(0, GivenUp)]
    [InlineData(1, 0)]
    [InlineData(1, 50)]
    public void A_training_stopped_in_any_start_goes_on_to_the_same_files(int restarts, int epoch)
    {
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        TransformerRun.Begin(whole.Path, Gated).Train();

        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => TransformerRun.Begin(broken.Path, Gated).Train(
            progress =>
            {
                if ((progress.Record.Restarts, progress.Record.Epoch) == (restarts, epoch))
                {
                    source.Cancel();
                }
            },
            cancellation: source.Token));
        TransformerRun.Resume(broken.Path, Gated).Train();

        FolderFiles.RequireSame(whole, broken);
    }

    [Fact]
    public void Two_threads_give_the_bits_of_one_in_every_start()
    {
        using var workers = new Workers(2);
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        TransformerRun.Begin(one.Path, Gated).Train();
        TransformerRun.Begin(two.Path, Gated, workers).Train();

        FolderFiles.RequireSame(one, two);
    }

    [Fact]
    public void When_no_start_passes_the_last_one_is_the_result()
    {
        var result = new TransformerTrainer(Failing).Train();

        Assert.Equal(2, result.Restarts);
        Assert.Equal(12, result.Epochs);
        Assert.False(result.StoppedEarly);
        var hashes = Enumerable.Range(0, 3).Select(restarts =>
        {
            var trainer = new TransformerTrainer(Failing with { Training = Failing.Training with { Restarts = restarts } });
            trainer.Train();
            return trainer.Model.WeightsHash();
        });
        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("multiplication")]
    [InlineData(TaskOptions.LeakedLabel)]
    public void A_task_whose_gate_no_model_can_pass_has_one_start(string task)
    {
        var training = Failing.Training with { RestartAfter = 6 };
        var result = new TransformerTrainer(Failing with { Task = Failing.Task with { Name = task }, Training = training }).Train();

        Assert.Equal(0, result.Restarts);
        Assert.Equal(12, result.Epochs);
    }

    [Fact]
    public void A_first_start_that_passes_keeps_its_bits()
    {
        using var without = new TemporaryFolder();
        using var with = new TemporaryFolder();
        var plain = Gated with { Training = Gated.Training with { Restarts = 0, RestartAfter = 0 } };
        var result = TransformerRun.Begin(without.Path, plain).Train();
        var allowed = plain.Training with { Restarts = 3, RestartAfter = result.Epochs };
        TransformerRun.Begin(with.Path, plain with { Training = allowed }).Train();

        Assert.Equal(FolderFiles.Names(without), FolderFiles.Names(with));
        Assert.Equal(File.ReadAllBytes(without["metrics.jsonl"]), File.ReadAllBytes(with["metrics.jsonl"]));
        Assert.Equal(File.ReadAllBytes(without["model.safetensors"]), File.ReadAllBytes(with["model.safetensors"]));
        Assert.Equal(
            File.ReadAllText(without["config.json"]),
            File.ReadAllText(with["config.json"])
                .Replace($",\n    \"restarts\": 3,\n    \"restart_after\": {result.Epochs}", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_restarts_all_files_are_those_of_the_version_before_there_were_any()
    {
        using var folder = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Failing with { Training = Failing.Training with { Restarts = 0 } }).Train();

        // Made by that version: names and bytes of the files, one after another.
        const string before = "4b2714fb4dc5a2cbf3a0699c09414bde122ef14e8d0ca23791930d309493aa94";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in FolderFiles.Names(folder))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name.Replace(Path.DirectorySeparatorChar, '/')));
            hash.AppendData(File.ReadAllBytes(folder[name]));
        }

        Assert.Equal(before, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Restarts_need_the_gate()
    {
        foreach (var training in new[]
        {
            Gated.Training with { CleanUpUntilGate = false }, Gated.Training with { CleanUpEpochs = 0 },
        })
        {
            var error = Assert.Throws<ArgumentException>(() => new TransformerTrainer(Gated with { Training = training }));
            Assert.Contains("set clean_up_until_gate to true and clean_up_epochs above 0", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_epochs_of_a_start_that_has_ended_cannot_change()
    {
        using var folder = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Failing).Train();

        var error = Assert.Throws<InvalidFileException>(() =>
            TransformerRun.Resume(folder.Path, Failing with { Training = Failing.Training with { Epochs = 20 } }));
        Assert.Contains("training.epochs is 20, was 12", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_checkpoint_of_more_restarts_than_its_training_allows_is_refused(int restarts)
    {
        using var folder = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Failing with { Training = Failing.Training with { Epochs = 1, Restarts = 1 } }).Train();
        var text = File.ReadAllText(folder["config.json"]);
        Assert.Equal(1, TransformerCheckpoint.Load(folder.Path).Restarts);
        File.WriteAllText(
            folder["config.json"], text.Replace("\n  \"restarts\": 1", $"\n  \"restarts\": {restarts}", StringComparison.Ordinal));

        var error = Assert.Throws<InvalidFileException>(() => TransformerCheckpoint.Load(folder.Path));
        Assert.Contains($"restarts is {restarts}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_evaluation_of_a_last_epoch_is_made_up_for()
    {
        var options = Failing with { Training = Failing.Training with { BatchSize = 0 } };
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        TransformerRun.Begin(whole.Path, options).Train();

        using var source = new CancellationTokenSource();
        var run = TransformerRun.Begin(broken.Path, options);
        run.BeforeStep = step =>
        {
            if (step == 11)
            {
                source.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(() => run.Train(cancellation: source.Token));
        var evaluated = File.ReadLines(broken["metrics.jsonl"]).Select(CheckpointJson.Deserialize<TrainingRecord>);
        Assert.Equal(10, evaluated.Last().Epoch);
        TransformerRun.Resume(broken.Path, options).Train();

        FolderFiles.RequireSame(whole, broken);
    }

    private static void DiesAndGoesOn(TransformerRunOptions options, int step)
    {
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        var expected = TransformerRun.Begin(whole.Path, options).Train();
        Assert.True(expected.Restarts > 0);

        var taken = 0;
        var run = TransformerRun.Begin(broken.Path, options);
        run.BeforeStep = _ => _ = taken++ == step ? throw new InvalidOperationException("died") : 0;
        Assert.Throws<InvalidOperationException>(() => run.Train());
        var result = TransformerRun.Resume(broken.Path, options).Train();

        Assert.Equal(expected.Restarts, result.Restarts);
        FolderFiles.RequireSame(whole, broken);
    }
}
