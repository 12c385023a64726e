using System.Text.Json;
using Husai.Formats.Fuzzing;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.AcceptanceTests.Trackers;

public sealed class KilledTrackingTests : IDisposable
{
    private const int Kills = 4;
    private readonly string _root = Directory.CreateTempSubdirectory("husai-killed").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_a_killed_training_wrote_is_readable_to_its_last_record_and_it_goes_on_to_the_same_bits()
    {
        var rows = new Matrix(400, 8);
        new RandomStream(3, "rows").FillNormal(rows.AsSpan(), 0);
        NumpyFile.Write(Path("x.npy"), NamedTensor.FromMatrix("x", rows));
        var moments = new RandomStream(5, "moments");
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var process = HusaiProcess.Start(Training("killed", "--tracker", "wandb,tensorboard"));
            process.WaitUntil(() => Runs().Length == kill && new FileInfo(Runs()[^1]).Length > 3000);
            Thread.Sleep(moments.NextInt32(120));
            Assert.False(process.HasExited, "the training ended before it was killed");
            process.Kill();
            process.Wait();
        }

        // Read after all kills, so that a later run that touched an earlier one would be found out.
        var runs = Runs().Zip(Events(), (run, events) => (History: ReadRun(run), Scalars: ReadEvents(events))).ToList();
        Assert.Equal(Kills, runs.Count);
        Assert.All(runs, run =>
        {
            // W&B's row of a step is written when the next one begins, TensorBoard's values at once.
            Assert.InRange(run.Scalars.Count - run.History.Count, 0, 1);
            Assert.Equal(run.Scalars.Take(run.History.Count), run.History);
        });
        Assert.Equal(
            WeightsHash(HusaiProcess.Run(Training("whole"))),
            WeightsHash(HusaiProcess.Run(Training("killed", "--tracker", "wandb,tensorboard"))));
    }

    /// <summary>The steps of the history; everything before the end of the file has the form and order that sync needs.</summary>
    private static List<long> ReadRun(string path)
    {
        var records = WandbLogFile.Read(File.ReadAllBytes(path)).ConvertAll(record => new ProtobufFields(record));
        Assert.Equal(Enumerable.Range(1, records.Count).Select(number => (long)number), records.Select(record => record.Integer(1)));
        Assert.Equal([21, 17, 26, 11], records.Take(4).Select(Kind));
        Assert.DoesNotContain(18, records.Select(Kind));
        var steps = records.Where(record => record.Has(2)).Select(record => record.Message(2).Message(2).Integer(1)).ToList();
        Assert.NotEmpty(steps);
        Assert.Equal(steps.Distinct().Order(), steps);
        return steps;
    }

    private static List<long> ReadEvents(string path)
    {
        var events = RecordFile.Read(File.ReadAllBytes(path)).ConvertAll(record => new ProtobufFields(record));
        Assert.Equal("brain.Event:2", events[0].Text(3));
        return [.. events.Skip(1).Select(entry => entry.Integer(2)).Distinct()];
    }

    private static int Kind(ProtobufFields record) => record.Numbers.Single(number => number != 1);

    private static string WeightsHash(HusaiResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("weights_hash").GetString()!;
    }

    private string[] Training(string name, params string[] more) =>
    [
        "sae", "train", "--activations", Path("x.npy"), "--set", "latents=32", "--set", "k=3", "--set", "epochs=3000", "--set",
        "batch_size=32",
        "--set", "evaluate_every=20", "--set", "checkpoint_every=100", "--threads", "1", "--resume", "--json", "--output", Path(name),
        .. more,
    ];

    // In the order in which they were started: the files of a second share it, but not the moment of creation.
    private string[] Runs() => Files("wandb", "*.wandb");

    private string[] Events() => Files("tensorboard", "*tfevents*");

    private string[] Files(string folder, string pattern) => Directory.Exists(System.IO.Path.Combine(Path("killed"), folder))
        ? [
            .. new DirectoryInfo(System.IO.Path.Combine(Path("killed"), folder)).GetFiles(pattern, SearchOption.AllDirectories)
                .OrderBy(file => file.CreationTimeUtc).Select(file => file.FullName)]
        : [];

    private string Path(string name) => System.IO.Path.Combine(_root, name);
}
