using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats.Files;
using Husai.Formats.Histograms;
using Husai.Formats.Wandb;

namespace Husai.Formats.Tests.Wandb;

public sealed class WandbOfflineWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly WandbRun _run = new()
    {
        Id = "abcd1234",
        Project = "husai",
        Name = "topk",
        Tags = ["a", "b"],
        Configuration = new Dictionary<string, JsonNode?> { ["k"] = 32, ["sae"] = new JsonObject { ["width"] = 1024 }, ["x: y"] = null },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_has_the_form_that_sync_looks_for()
    {
        using var writer = new WandbOfflineWriter(_folder.Path, _run, _time);
        Assert.Equal(_folder.File("wandb/offline-run-20231115_001320-abcd1234"), writer.Folder);
        Assert.True(File.Exists(Path.Combine(writer.Folder, "run-abcd1234.wandb")));
        Assert.Equal(
            "\"k\":\n    value: 32\n\"sae\":\n    value: {\"width\":1024}\n\"x: y\":\n    value: null\n",
            File.ReadAllText(Path.Combine(writer.Folder, "files", "config.yaml")));
    }

    [Fact]
    public void Floats_of_the_configuration_are_those_of_yaml()
    {
        var configuration = JsonNode.Parse("""{"a": 1E-08, "b": 2.5E+20, "c": [1e7, 0.25, -3], "d": {"e": 1.5e-9, "f": "1E-08"}}""")!.AsObject().ToDictionary();
        using var writer = new WandbOfflineWriter(_folder.Path, _run with { Configuration = configuration }, _time);

        Assert.Equal(
            "\"a\":\n    value: 1.0e-08\n\"b\":\n    value: 2.5e+20\n\"c\":\n    value: [1.0e+7,0.25,-3]\n\"d\":\n    value: "
                + "{\"e\":1.5e-9,\"f\":\"1E-08\"}\n",
            File.ReadAllText(Path.Combine(writer.Folder, "files", "config.yaml")));
    }

    [Fact]
    public void Metrics_do_not_say_how_they_are_summed_up()
    {
        const int metric = 12;
        const int summary = 7;
        using var writer = new WandbOfflineWriter(_folder.Path, _run, _time);
        writer.WriteHistory(0, new Dictionary<string, WandbValue> { ["loss"] = 0.5 });

        Assert.All(
            Read(writer).Where(record => record.Numbers.Contains(metric)),
            record => Assert.DoesNotContain(summary, record.Message(metric).Numbers));
    }

    [Fact]
    public void The_records_come_in_the_order_that_both_readers_accept()
    {
        using var writer = new WandbOfflineWriter(_folder.Path, _run, _time);
        writer.WriteHistory(0, new Dictionary<string, WandbValue> { ["loss"] = 0.5 });
        writer.WriteOutput("hello\n");
        writer.WriteHistory(1, new Dictionary<string, WandbValue> { ["loss"] = double.NaN, ["l0"] = 8.0 });
        writer.WriteSummary(new Dictionary<string, WandbValue> { ["verdict"] = WandbValue.FromText("\"good\"") });
        writer.Finish(0);
        var records = Read(writer);
        Assert.Equal(Enumerable.Range(1, records.Count).Select(number => (long)number), records.Select(record => record.Integer(1)));
        Assert.Equal(
            [21, 17, 26, 11, 12, 2, 3, 13, 12, 2, 3, 3, 3, 18, 20, 22],
            records.Select(record => record.Numbers.Single(number => number != 1)));
    }

    [Fact]
    public void The_run_carries_its_names_configuration_and_start()
    {
        using var writer = new WandbOfflineWriter(_folder.Path, _run, _time);
        var run = Read(writer)[1].Message(17);
        Assert.Equal(("abcd1234", "husai", "topk"), (run.Text(1), run.Text(3), run.Text(8)));
        Assert.Equal((1_700_000_000L, 500_000_000L), (run.Message(17).Integer(1), run.Message(17).Integer(2)));
        Assert.Equal(
            [("k", "32"), ("sae", "{\"width\":1024}"), ("x: y", "null")],
            run.Message(4).Messages(1).Select(item => (item.Text(1), item.Text(16))));
        Assert.Equal(2, run.Numbers.Count(number => number == 10));
    }

    [Fact]
    public void History_has_its_step_times_and_values_and_the_summary_its_last_ones()
    {
        using var writer = new WandbOfflineWriter(_folder.Path, _run, _time);
        _time.Now += TimeSpan.FromSeconds(1.5);
        writer.WriteHistory(3, new Dictionary<string, WandbValue>
        {
            ["loss"] = 1e-7,
            ["worst"] = double.NegativeInfinity,
            ["acts"] = WandbValue.FromHistogram(new Histogram([0, 1], 2)),
        });
        writer.Finish(3);
        var records = Read(writer);
        var history = records.Single(record => record.Has(2)).Message(2);
        Assert.Equal(3, history.Message(2).Integer(1));
        Dictionary<string, string> expected = new()
        {
            ["loss"] = "1E-07",
            ["worst"] = "-Infinity",
            ["acts"] = """{"_type":"histogram","values":[1,1],"bins":[0,0.5,1]}""",
            ["_step"] = "3",
            ["_timestamp"] = "1700000002",
            ["_runtime"] = "1.5",
        };
        Assert.Equal(expected, history.Messages(1).ToDictionary(item => item.Text(1), item => item.Text(16)));
        Assert.Equal(["loss", "worst", "acts"], records.Where(record => record.Has(12)).Select(record => record.Message(12).Text(1)));
        var exit = records.Single(record => record.Has(18)).Message(18);
        Assert.Equal((3L, 1L), (exit.Integer(1), exit.Integer(2)));
        var summary = File.ReadAllText(Path.Combine(writer.Folder, "files", "wandb-summary.json"));
        Assert.Contains("\"_wandb\": {\"runtime\":1}", summary);
        using var json = JsonDocument.Parse(summary.Replace("-Infinity", "0"));
        Assert.Equal(1e-7, json.RootElement.GetProperty("loss").GetDouble());
        Assert.Equal(3, json.RootElement.GetProperty("_step").GetInt32());
    }

    [Fact]
    public void A_run_cut_anywhere_is_readable_up_to_its_last_whole_record()
    {
        string path;
        using (var writer = new WandbOfflineWriter(_folder.Path, _run, _time))
        {
            path = Path.Combine(writer.Folder, "run-abcd1234.wandb");
            writer.WriteHistory(0, new Dictionary<string, WandbValue> { ["loss"] = 1.0 });
            writer.Finish(0);
        }

        var bytes = File.ReadAllBytes(path);
        var counts = Enumerable.Range(0, bytes.Length + 1).Select(length => WandbLogFile.Read(bytes.AsSpan(0, length)).Count).ToList();
        Assert.Equal(counts.Order(), counts);
        Assert.Equal(Enumerable.Range(0, 12), counts.Distinct());
    }

    [Fact]
    public void Every_record_is_in_the_file_when_its_call_returns()
    {
        using var writer = new WandbOfflineWriter(_folder.Path, _run, _time);
        for (var step = 0; step < 3; step++)
        {
            writer.WriteHistory(step, new Dictionary<string, WandbValue> { ["loss"] = 1.0 });
            Assert.Equal(step + 1, Read(writer).Count(record => record.Has(2)));
        }
    }

    [Fact]
    public void Steps_rise_ids_have_their_form_and_nothing_follows_the_end()
    {
        using var writer = new WandbOfflineWriter(_folder.Path, _run, _time);
        var values = new Dictionary<string, WandbValue> { ["loss"] = 1.0 };
        writer.WriteHistory(5, values);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WriteHistory(5, values));
        writer.Finish(0);
        Assert.Throws<InvalidOperationException>(() => writer.WriteHistory(6, values));
        Assert.Throws<ArgumentException>(() => new WandbOfflineWriter(_folder.Path, _run with { Id = "../../ab" }, _time));
        Assert.Throws<IOException>(() => new WandbOfflineWriter(_folder.Path, _run, _time));
        Assert.Equal(WandbOfflineWriter.MakeId("x"), WandbOfflineWriter.MakeId("x"));
        Assert.Matches("^[a-z0-9]{8}$", WandbOfflineWriter.MakeId("y"));
    }

    private static List<ProtobufFields> Read(WandbOfflineWriter writer)
    {
        var path = Path.Combine(writer.Folder, "run-abcd1234.wandb");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return WandbLogFile.Read(InputFile.ReadBytes(stream, path, stream.Length)).ConvertAll(record => new ProtobufFields(record));
    }
}
