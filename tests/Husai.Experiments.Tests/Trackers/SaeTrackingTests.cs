using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Experiments.Trackers;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Experiments.Tests.Trackers;

public sealed class SaeTrackingTests : IDisposable
{
    private static readonly SaeOptions Options = new() { Latents = 32, K = 4, BatchSize = 32, Epochs = 4, EvaluateEvery = 5 };

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-tracking-").FullName;
    private readonly List<string> _warnings = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Trackers_get_what_the_metrics_file_gets_and_do_not_change_the_weights()
    {
        var without = Train("without", []);
        var with = Train("with", ["wandb", "tensorboard", "wandb"]);

        Assert.Equal(without.WeightsHash, with.WeightsHash);
        Assert.Empty(_warnings);
        var run = Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "with", "wandb")));
        var summary = File.ReadAllText(Path.Combine(run, "files", "wandb-summary.json"));
        foreach (
            var name in (string[])[
                "loss", "reconstruction_loss", "explained_variance", "l0", "dead_fraction", "learning_rate", "firing_frequency",
                "rows_per_second"])
        {
            Assert.Contains($"\"{name}\"", summary, StringComparison.Ordinal);
        }

        Assert.Contains("batch_size", File.ReadAllText(Path.Combine(run, "files", "config.yaml")), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "with", "tensorboard")));
    }

    [Fact]
    public void A_tracker_that_cannot_write_warns_once_and_the_training_goes_on()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "blocked"));
        File.WriteAllText(Path.Combine(_folder, "blocked", "wandb"), "");
        File.WriteAllText(Path.Combine(_folder, "blocked", "tensorboard"), "");

        var blocked = Train("blocked", ["wandb", "tensorboard"]);

        Assert.Equal(Train("without", []).WeightsHash, blocked.WeightsHash);
        Assert.Equal(["wandb", "tensorboard"], _warnings.Select(warning => warning.Split(':')[0]));
    }

    [Fact]
    public void A_training_that_is_stopped_ends_its_run_as_interrupted()
    {
        var tracker = new RecordingTracker();
        var tracking = new SaeTracking([tracker]);

        Assert.Throws<OperationCanceledException>(() => tracking.Run(() => throw new OperationCanceledException()));
        Assert.Throws<InvalidOperationException>(() => tracking.Run(() => throw new InvalidOperationException("no\nrows")));
        tracking.Run(() => []);

        Assert.Equal([130, 1, 0], tracker.ExitCodes);
        Assert.Equal([("interrupted", true), ("failed: no rows", true)], tracker.Output);
    }

    [Fact]
    public void A_folder_deleted_under_way_changes_nothing_and_is_told_at_most_once()
    {
        var deleted = Train("deleted", ["wandb", "tensorboard"], step =>
        {
            if (step.Step == 10)
            {
                Directory.Delete(Path.Combine(_folder, "deleted", "wandb"), recursive: true);
                Directory.Delete(Path.Combine(_folder, "deleted", "tensorboard"), recursive: true);
            }
        });

        Assert.Equal(Train("without", []).WeightsHash, deleted.WeightsHash);

        // A file that is open can still be written, only what is opened anew fails: the console's log.
        Assert.StartsWith("wandb: ", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_a_training_is_told()
    {
        var tracker = new RecordingTracker();
        Train("told", new SaeTracking([tracker]));

        Assert.StartsWith("step 5 of 32: loss ", tracker.Output[0].Line, StringComparison.Ordinal);
        Assert.StartsWith("done; explained variance ", tracker.Output[^1].Line, StringComparison.Ordinal);
        Assert.All(tracker.Output, entry => Assert.False(entry.IsError));
    }

    [Fact]
    public void An_unknown_tracker_is_refused() =>
        Assert.Throws<ArgumentException>(() => TrackerChoice.Open(["mlflow"], new TrackedRun(_folder, "sae"), _warnings.Add));

    private SaeTrainingResult Train(string name, string[] trackers, Action<SaeProgress>? also = null) => Train(
        name, new SaeTracking([SaeTracking.Open(trackers, Path.Combine(_folder, name), Options, "group", _warnings.Add)]),
        also);

    private SaeTrainingResult Train(string name, SaeTracking tracking, Action<SaeProgress>? also = null)
    {
        var rows = new Matrix(256, 8);
        new RandomStream(1, "rows").FillNormal(rows.AsSpan(), 0);
        var trainer = new SaeTrainer(Options, new MatrixActivations(rows), Path.Combine(_folder, name));
        return tracking.Run(() =>
        [
            trainer.Train(progress: step =>
            {
                tracking.Report(step);
                also?.Invoke(step);
            }),
        ])[0];
    }
}
