using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Experiments.Trackers;
using Husai.Formats.TensorBoard;
using Husai.Formats.Wandb;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Experiments.Tests.Trackers;

public sealed class FullDiskTests : IDisposable
{
    private static readonly SaeOptions Options = new() { Latents = 32, K = 4, BatchSize = 32, Epochs = 4, EvaluateEvery = 5 };

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-full-disk-").FullName;
    private readonly List<string> _warnings = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.999)]
    public void A_disk_that_fills_up_is_told_once_and_changes_no_bit(double share)
    {
        var expected = Train("room", _ => long.MaxValue);
        Assert.Empty(_warnings);

        // The names of the files differ, but both begin with that of their kind.
        var lengths = Files("room").ToDictionary(file => file.Name[..3], file => file.Length);
        var full = Train("full", path => (long)(share * lengths[Path.GetFileName(path)[..3]]));

        Assert.Equal(expected, full);
        Assert.Equal(["tensorboard", "wandb"], _warnings.Select(warning => warning.Split(':')[0]).Order());
        Assert.All(_warnings, warning => Assert.Contains("No space left on device", warning, StringComparison.Ordinal));
        Assert.Equal(
            lengths.Values.Select(length => (long)(share * length)).Order(), Files("full").Select(file => file.Length).Order());
    }

    [Fact]
    public void A_file_beside_the_log_that_cannot_grow_is_told_once_and_changes_no_bit()
    {
        if (!File.Exists(FullDiskStream.Device))
        {
            return;
        }

        var expected = Train("room", _ => long.MaxValue);
        var full = Train("full", _ => long.MaxValue, folder =>
        {
            var run = Directory.GetDirectories(Path.Combine(folder, "wandb")).Single();
            File.CreateSymbolicLink(Path.Combine(run, "files", "output.log"), FullDiskStream.Device);
        });

        Assert.Equal(expected, full);
        var warning = Assert.Single(_warnings);
        Assert.StartsWith("wandb: ", warning, StringComparison.Ordinal);
        Assert.Contains("No space left on device", warning, StringComparison.Ordinal);
    }

    private string Train(string name, Func<string, long> room, Action<string>? opened = null)
    {
        var folder = Path.Combine(_folder, name);
        Stream Create(string path) => new FullDiskStream(path, room(path));
        var time = new ManualTime();
        var run = new WandbRun { Id = "abcd1234" };
        var tracking = new SaeTracking(
        [
            new TrackerGroup(
                new SafeTracker(
                    () => new WandbTracker(new WandbOfflineWriter(folder, run, time, Create)),
                    message => _warnings.Add($"wandb: {message}")),
                new SafeTracker(
                    () => new TensorBoardTracker(new TensorBoardEventWriter(Path.Combine(folder, "tensorboard"), time, Create)),
                    message => _warnings.Add($"tensorboard: {message}"))),
        ]);
        opened?.Invoke(folder);
        var rows = new Matrix(256, 8);
        new RandomStream(1, "rows").FillNormal(rows.AsSpan(), 0);
        return tracking.Run(() =>
            [new SaeTrainer(Options, new MatrixActivations(rows), folder).Train(progress: tracking.Report)])[0].WeightsHash;
    }

    private IEnumerable<FileInfo> Files(string name)
    {
        var folder = new DirectoryInfo(Path.Combine(_folder, name));
        return folder.GetFiles("*.wandb", SearchOption.AllDirectories).Concat(folder.GetFiles("*tfevents*", SearchOption.AllDirectories));
    }
}
