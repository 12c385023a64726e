using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Models;
using Husai.Transformers.Progress;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Transformers.Tests.Training;

public sealed class TransformerRunTests
{
    private static readonly TransformerRunOptions Full = new()
    {
        Task = new TaskOptions { Modulus = 7 },
        Model = new TransformerOptions { ModelWidth = 16, Heads = 2, HeadWidth = 8, MlpWidth = 24 },
        Training = new TransformerTrainingOptions
        {
            Epochs = 60,
            LearningRate = 0.01,
            EvaluateEvery = 5,
            CheckpointEvery = 15,
            MeasureEvery = 20,
        },
    };

    private static readonly TransformerRunOptions Mini = Full with
    {
        Training = Full.Training with { Epochs = 12, EvaluateEvery = 2, CheckpointEvery = 5, BatchSize = 7, LearningRate = 1e-3 },
    };

    // The quick configuration for a smaller modulus.
    internal static readonly TransformerRunOptions Gated = new()
    {
        Task = new TaskOptions { Modulus = 31 },
        Model = new TransformerOptions { ModelWidth = 64, HeadWidth = 16, MlpWidth = 128 },
        Training = new TransformerTrainingOptions
        {
            Epochs = 1000,
            TrainFraction = 0.8,
            LearningRate = 0.01,
            WeightDecay = 3,
            MaximumGradientNorm = 0.3,
            CleanUpEpochs = 500,
            CleanUpWeightDecay = 1,
            CleanUpUntilGate = true,
            CheckpointEvery = 20,
        },
    };

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 5)]
    [InlineData(false, 45)]
    [InlineData(true, 4)]
    [InlineData(true, 10)]
    public void A_training_stopped_at_an_evaluation_goes_on_to_the_same_files(bool mini, int epoch)
    {
        var options = mini ? Mini : Full;
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        var expected = TransformerRun.Begin(whole.Path, options).Train();

        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => TransformerRun.Begin(broken.Path, options).Train(
            progress =>
            {
                if (progress.Record.Epoch >= epoch)
                {
                    source.Cancel();
                }
            },
            cancellation: source.Token));
        Assert.True(File.Exists(broken["resume.safetensors"]));
        var result = TransformerRun.Resume(broken.Path, options).Train();

        Assert.Equal(expected.Steps, result.Steps);
        Assert.Equal(expected.GrokEpoch, result.GrokEpoch);
        FolderFiles.RequireSame(whole, broken);
    }

    [Theory]
    [InlineData(false, 14)]
    [InlineData(false, 16)]
    [InlineData(false, 59)]
    [InlineData(true, 3)]
    [InlineData(true, 17)]
    public void A_training_that_died_at_any_step_goes_on_from_its_last_state_to_the_same_files(bool mini, int step)
    {
        var options = mini ? Mini : Full;
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        TransformerRun.Begin(whole.Path, options).Train();

        var run = TransformerRun.Begin(broken.Path, options);
        run.BeforeStep = taken => _ = taken == step ? throw new InvalidOperationException("died") : 0;
        Assert.Throws<InvalidOperationException>(() => run.Train());
        TransformerRun.Resume(broken.Path, options).Train();

        FolderFiles.RequireSame(whole, broken);
    }

    [Theory]
    [InlineData(105)]
    [InlineData(125)]
    [InlineData(149)]
    public void A_training_that_the_gate_ends_is_ended_by_it_after_any_death(int step)
    {
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        var expected = TransformerRun.Begin(whole.Path, Gated).Train();
        Assert.True(expected.StoppedEarly);
        Assert.InRange(expected.Epochs, step + 1, expected.GrokEpoch!.Value + Gated.Training.CleanUpEpochs - 1);

        var run = TransformerRun.Begin(broken.Path, Gated);
        run.BeforeStep = taken => _ = taken == step ? throw new InvalidOperationException("died") : 0;
        Assert.Throws<InvalidOperationException>(() => run.Train());
        var result = TransformerRun.Resume(broken.Path, Gated).Train();

        Assert.True(result.StoppedEarly);
        FolderFiles.RequireSame(whole, broken);
        Assert.True(TransformerInspection.Of(TransformerCheckpoint.Load(broken.Path)).GatePassed);
    }

    [Fact]
    public void Two_threads_give_the_bits_of_one()
    {
        using var two = new Workers(2);
        var (alone, shared) = (new TransformerTrainer(Full), new TransformerTrainer(Full, two));
        alone.Train();
        shared.Train();

        Assert.Equal(alone.Model.WeightsHash(), shared.Model.WeightsHash());
    }

    [Fact]
    public void Each_seed_has_its_own_effect()
    {
        string Hash(TransformerTrainingOptions training)
        {
            var trainer = new TransformerTrainer(Mini with { Training = training with { Epochs = 2 } });
            trainer.Train();
            return trainer.Model.WeightsHash();
        }

        string[] hashes =
        [
            Hash(Mini.Training), Hash(Mini.Training with { InitialisationSeed = 1 }), Hash(Mini.Training with { SplitSeed = 1 }),
            Hash(Mini.Training with { OrderSeed = 1 }), Hash(Mini.Training with { Seed = 1 }),
        ];
        Assert.Equal(5, hashes.Distinct().Count());
        Assert.Equal(hashes[4], Hash(Mini.Training with { InitialisationSeed = 1, SplitSeed = 1, OrderSeed = 1 }));
    }

    [Fact]
    public void A_diverging_training_stops_and_keeps_its_last_state()
    {
        using var folder = new TemporaryFolder();
        var options = Full with { Training = Full.Training with { DivergenceLoss = 1 } };
        var learnt = Full with { Training = Full.Training with { DivergenceLoss = 100 } };
        var run = TransformerRun.Begin(folder.Path, options);

        // A model that guesses has a loss of ln 7 = 1.95.
        var error = Assert.Throws<TrainingDivergedException>(() => run.Train());
        Assert.Contains($"step {error.Step}", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["model.safetensors"]));
        Assert.True(File.Exists(folder["best", "model.safetensors"]));
        Assert.Throws<InvalidFileException>(() => TransformerRun.Begin(folder.Path, learnt));
    }

    [Fact]
    public void Other_options_cannot_go_on_but_more_epochs_can()
    {
        using var folder = new TemporaryFolder();
        using var whole = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Full).Train();

        var other = Full with { Training = Full.Training with { LearningRate = 0.02 } };
        var error = Assert.Throws<InvalidFileException>(() => TransformerRun.Resume(folder.Path, other));
        Assert.Contains("training.learning_rate is 0.02, was 0.01", error.Message, StringComparison.Ordinal);

        var more = Full with { Training = Full.Training with { Epochs = 90 } };
        TransformerRun.Resume(folder.Path, more).Train();
        TransformerRun.Begin(whole.Path, more).Train();
        Assert.Equal(File.ReadAllBytes(whole["metrics.jsonl"]), File.ReadAllBytes(folder["metrics.jsonl"]));
        Assert.Equal(TransformerCheckpoint.Load(whole.Path).WeightsHash, TransformerCheckpoint.Load(folder.Path).WeightsHash);
    }

    [Fact]
    public void A_damaged_state_is_a_one_line_error()
    {
        using var folder = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Full).Train();
        var bytes = File.ReadAllBytes(folder["resume.safetensors"]);
        File.WriteAllBytes(folder["resume.safetensors"], bytes[..(bytes.Length / 2)]);

        Assert.DoesNotContain('\n', Assert.Throws<InvalidFileException>(() => TransformerRun.Resume(folder.Path, Full)).Message);
    }

    [Theory]
    [InlineData("weights", float.NaN, 3)]
    [InlineData("second_moment", float.PositiveInfinity, 0)]
    public void A_state_with_a_value_that_is_not_finite_is_refused_by_name(string tensor, float value, int index)
    {
        using var folder = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Mini).Train();
        var state = SafetensorsFile.Read(folder["resume.safetensors"]);
        var tensors = state.Tensors.Values.Select(entry =>
        {
            var values = entry.ToSingles();
            values[index] = entry.Name == tensor ? value : values[index];
            return NamedTensor.FromVector(entry.Name, values, values.Length);
        });
        SafetensorsFile.Write(folder["resume.safetensors"], tensors.ToList(), state.Metadata);
        var error = Assert.Throws<InvalidFileException>(() => TransformerRun.Resume(folder.Path, Mini));
        Assert.Contains($"tensor '{tensor}' holds a value that is not finite, at element {index}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_beyond_the_plan_is_refused()
    {
        using var folder = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Mini).Train();
        var error = Assert.Throws<InvalidFileException>(() =>
            TransformerRun.Resume(folder.Path, Mini with { Training = Mini.Training with { Epochs = 5 } }));
        Assert.Contains("is at epoch 12, beyond the 5 epochs of the training", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_that_a_power_cut_shortened_are_a_warning()
    {
        using var folder = new TemporaryFolder();
        TransformerRun.Begin(folder.Path, Mini).Train();
        var bytes = File.ReadAllBytes(folder["metrics.jsonl"]);
        File.WriteAllBytes(folder["metrics.jsonl"], bytes[..(bytes.Length - 5)]);
        var warnings = new List<string>();
        TransformerRun.Resume(folder.Path, Mini).Train(warn: warnings.Add);
        Assert.Contains("lines are lost", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllLines(folder["metrics.jsonl"]), System.Text.Encoding.UTF8.GetString(bytes).Split('\n')[..^2]);
    }

    [Fact]
    public void Modular_addition_is_learnt_and_cleaned_up()
    {
        var options = new TransformerRunOptions
        {
            Task = new TaskOptions { Modulus = 31 },
            Model = new TransformerOptions { ModelWidth = 32, Heads = 2, HeadWidth = 16, MlpWidth = 128 },
            Training = new TransformerTrainingOptions
            {
                TrainFraction = 0.8,
                LearningRate = 0.01,
                WeightDecay = 1,
                CleanUpEpochs = 50,
                EvaluateEvery = 10,
                Seed = 2,
            },
        };
        var result = new TransformerTrainer(options).Train();

        Assert.True(result.Grokked);
        Assert.Equal(1.0, result.Last.TestAccuracy);
        Assert.InRange(result.Epochs, result.GrokEpoch!.Value + 50, options.Training.Epochs - 1);
        Assert.InRange(result.MemorisedEpoch!.Value, 1, result.GrokEpoch.Value);
    }

    [Fact]
    public void Training_stops_early_below_a_held_out_loss()
    {
        var result = new TransformerTrainer(Full with { Training = Full.Training with { StopBelowTestLoss = 99 } }).Train();

        Assert.True(result.StoppedEarly);
        Assert.Equal(0, result.Steps);
    }

    [Fact]
    public void Training_stops_at_a_held_out_accuracy()
    {
        var copying = Mini with
        {
            Task = new TaskOptions { Name = TaskOptions.LeakedLabel, Modulus = 7 },
            Training = Mini.Training with { Epochs = 200, EvaluateEvery = 1, LearningRate = 0.01, WeightDecay = 0, StopAtTestAccuracy = 1 },
        };
        var accuracies = new List<double>();
        var result = new TransformerTrainer(copying).Train(progress => accuracies.Add(progress.Record.TestAccuracy));

        Assert.True(result.StoppedEarly);
        Assert.Equal(result.Epochs, accuracies.IndexOf(1.0));
        Assert.Equal(result.Epochs + 1, accuracies.Count);
    }
}
