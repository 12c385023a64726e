using Husai.Analysis.Stability;

namespace Husai.Analysis.Tests.Stability;

public sealed class SnapshotSeriesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-snapshots").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Steps_that_all_trainings_have_are_found_in_the_order_of_their_numbers()
    {
        var first = Training("seed_1", 0, 100, 20);
        var second = Training("seed_2", 100, 0, 7);
        File.WriteAllText(Path.Combine(second, "cfg.json"), "{}");
        Directory.CreateDirectory(Path.Combine(first, "snapshots", "step_last"));
        var series = SnapshotSeries.Of([first, second]);
        Assert.Equal([0L, 100L], series.Steps);
        Assert.Equal([7L, 20L], series.Skipped);
        Assert.Equal([Path.Combine(first, "snapshots", "step_100"), second], series.Finals);
        Assert.Equal([Path.Combine(first, "snapshots", "step_0"), Path.Combine(second, "snapshots", "step_0")], series.FoldersAt(0));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        var first = Training("seed_1", 0, 10);
        Assert.Contains("1 training", Message([first]), StringComparison.Ordinal);
        Assert.Contains("no snapshots", Message([first, Training("seed_2")]), StringComparison.Ordinal);
        Assert.Contains("no snapshots", Message([first, Path.Combine(_root, "missing")]), StringComparison.Ordinal);
        Assert.Contains("no step is common", Message([first, Training("seed_3", 1, 11)]), StringComparison.Ordinal);
    }

    private static string Message(string[] folders) => Assert.Throws<ArgumentException>(() => SnapshotSeries.Of(folders)).Message;

    private string Training(string name, params int[] steps)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        foreach (var step in steps)
        {
            Directory.CreateDirectory(Path.Combine(folder, "snapshots", $"step_{step}"));
        }

        return folder;
    }
}
