using System.Text;
using System.Text.Json.Nodes;
using Husai.Experiments.Trackers;
using Husai.Formats.Wandb;

namespace Husai.Experiments.Tests.Trackers;

public sealed class WandbTrackerTests : IDisposable
{
    private static readonly WandbRun Run = new()
    {
        Id = "abcd1234",
        Configuration = new Dictionary<string, JsonNode?> { ["k"] = 32 },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-wandb-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_values_of_one_step_are_one_row()
    {
        using var tracker = new WandbTracker(_folder, Run, new ManualTime());
        tracker.Log(0, new Dictionary<string, double> { ["loss"] = 1 });
        tracker.LogHistogram(0, "acts", [1f, 2f]);
        Assert.Equal(0, Rows(tracker));
        tracker.Log(1, new Dictionary<string, double> { ["loss"] = 0.5 });
        Assert.Equal(1, Rows(tracker));
        tracker.Summary(new Dictionary<string, double> { ["explained_variance"] = 0.75 });
        tracker.Finish(0);
        Assert.Equal(2, Rows(tracker));
        var summary = File.ReadAllText(Path.Combine(tracker.Folder, "files", "wandb-summary.json"));
        Assert.Contains("\"loss\": 0.5", summary);
        Assert.Contains("\"explained_variance\": 0.75", summary);
        Assert.Contains("\"_type\":\"histogram\"", summary);
    }

    [Fact]
    public void A_group_feeds_all_trackers()
    {
        using (var tracker = new TrackerGroup(
            new TensorBoardTracker(_folder, new ManualTime()), new WandbTracker(_folder, Run, new ManualTime())))
        {
            tracker.Log(0, new Dictionary<string, double> { ["loss"] = 1 });
            tracker.LogHistogram(0, "acts", [1f, 2f]);
            tracker.LogOutput("step 0: loss 1");
            tracker.LogOutput("interrupted", isError: true);
            tracker.Summary(new Dictionary<string, double> { ["l0"] = 8 });
            tracker.Finish(0);
        }

        var events = Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(_folder, "*tfevents*").Single()));
        Assert.All(["loss", "acts", "summary/l0"], tag => Assert.Contains(tag, events));
        Assert.Single(Directory.GetFiles(_folder, "run-abcd1234.wandb", SearchOption.AllDirectories));
        var output = Directory.GetFiles(_folder, "output.log", SearchOption.AllDirectories).Single();
        Assert.Equal("step 0: loss 1\ninterrupted\n", File.ReadAllText(output));
    }

    // Each row of the history names its step once, as an item: 0A 05 "_step".
    private static int Rows(WandbTracker tracker)
    {
        var path = Path.Combine(tracker.Folder, "run-abcd1234.wandb");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new MemoryStream();
        stream.CopyTo(content);
        var text = Encoding.Latin1.GetString(content.ToArray());

        // The summary repeats each row.
        return text.Split("\n\u0005_step").Length / 2;
    }
}
