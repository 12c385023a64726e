using Husai.Autoencoders;
using Husai.Numerics;

namespace Husai.Experiments.Tests;

public sealed class AutoencoderTrackingTests : IDisposable
{
    private static readonly AutoencoderOptions Options = new() { Latents = 32, K = 4, BatchSize = 32, Epochs = 4, EvaluateEvery = 5 };

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
        foreach (var name in (string[])["loss", "reconstruction_loss", "explained_variance", "l0", "dead_fraction", "learning_rate", "firing_frequency", "rows_per_second"])
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
        var tracker = new Recorder();
        var tracking = new AutoencoderTracking([tracker]);

        Assert.Throws<OperationCanceledException>(() => tracking.Run(() => throw new OperationCanceledException()));
        Assert.Throws<InvalidOperationException>(() => tracking.Run(() => throw new InvalidOperationException()));
        tracking.Run(() => []);

        Assert.Equal([130, 1, 0], tracker.ExitCodes);
    }

    [Fact]
    public void An_unknown_tracker_is_refused() =>
        Assert.Throws<ArgumentException>(() => TrackerChoice.Open(["mlflow"], new TrackedRun(_folder, "autoencoder"), _warnings.Add));

    private AutoencoderTrainingResult Train(string name, string[] trackers)
    {
        var rows = new Matrix(256, 8);
        new RandomStream(1, "rows").FillNormal(rows.AsSpan(), 0);
        var folder = Path.Combine(_folder, name);
        var tracking = new AutoencoderTracking([AutoencoderTracking.Open(trackers, folder, Options, "group", _warnings.Add)]);
        return tracking.Run(() => [new AutoencoderTrainer(Options, new MatrixActivations(rows), folder).Train(progress: tracking.Report)])[0];
    }

    private sealed class Recorder : ITracker
    {
        public List<int> ExitCodes { get; } = [];

        public void Log(long step, IReadOnlyDictionary<string, double> metrics)
        {
        }

        public void LogHistogram(long step, string name, ReadOnlySpan<float> values)
        {
        }

        public void LogImage(long step, string name, int width, int height, ReadOnlySpan<byte> pixels)
        {
        }

        public void Summary(IReadOnlyDictionary<string, double> values)
        {
        }

        public void Finish(int exitCode) => ExitCodes.Add(exitCode);

        public void Dispose()
        {
        }
    }
}
