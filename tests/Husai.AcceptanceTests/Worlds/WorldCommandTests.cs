using System.Text.Json;
using Husai.Cli.Hosting;
using Husai.Experiments.Configuration;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Worlds.Construction;
using Husai.Worlds.Options;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Worlds;

/// <summary><c>husai world</c>, and SAEs that are trained on samples.</summary>
public sealed class WorldCommandTests : IDisposable
{
    private const string Small =
        "{features: 24, width: 12, probabilities: {smallest: 0.02}, means: {start: 3}, deviations: {start: 0.3}, "
        + "trees: {roots: 2, children: 2, max_depth: 1}, dictionary: {orthogonalisation_steps: 10, bias_norm: 0.5}}";

    private static readonly string[] Metrics =
    [
        "mcc", "uniqueness", "precision", "recall", "f1", "l0", "true_l0", "dead", "shrinkage", "explained_variance",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-worlds").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Information_has_the_exact_numbers_of_the_world()
    {
        // A root at 1/2; each of its three children at 1/2 where it fires.
        var world = World(
            "{features: 4, width: 3, probabilities: {law: constant, largest: 0.5}, trees: {roots: 1, children: 3, max_depth: 1}, "
            + "dictionary: {bias_norm: 2}}");

        var document = Json("world", "info", world);

        Assert.Equal(1.25, document.GetProperty("expected_l0").GetDouble());
        Assert.True(document.GetProperty("rates_are_exact").GetBoolean());
        Assert.Equal(
            [(0, 1, 0.5), (1, 3, 0.75)],
            document.GetProperty("by_depth").EnumerateArray().Select(depth => (
                depth.GetProperty("depth").GetInt32(), depth.GetProperty("features").GetInt32(),
                depth.GetProperty("expected_l0").GetDouble())));
        Assert.Equal(0.25, document.GetProperty("rates").GetProperty("smallest").GetDouble());
        Assert.Equal(4 / 3.0, document.GetProperty("superposition").GetProperty("features_per_dimension").GetDouble());
        Assert.InRange(document.GetProperty("superposition").GetProperty("absolute_cosines").GetProperty("maximum").GetDouble(), 0, 1);
        Assert.InRange(document.GetProperty("bias_norm").GetDouble(), 2 - 1e-6, 2 + 1e-6);
        Assert.Contains("expected L0", HusaiProcess.Run("world", "info", world).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_depends_on_its_seed_and_index_alone()
    {
        var world = World(Small);
        Sample(world, "whole", 300, "--features", Path("whole-features.npy"), "--threads", "1");
        Sample(world, "again", 300, "--threads", "2");
        Sample(world, "part", 50, "--start", "100", "--features", Path("part-features.npy"));
        Sample(world, "other", 300, "--seed", "9");

        Assert.Equal(Bytes("whole.npy"), Bytes("again.npy"));
        Assert.NotEqual(Bytes("whole.npy"), Bytes("other.npy"));
        foreach (var name in (string[])["", "-features"])
        {
            var (whole, part) = (Rows($"whole{name}.npy"), Rows($"part{name}.npy"));
            Assert.Equal(whole.Shape[1], part.Shape[1]);
            var bytes = (int)whole.Shape[1] * sizeof(float);
            Assert.Equal(whole.Data[(100 * bytes)..(150 * bytes)].ToArray(), part.Data.ToArray());
        }

        // An earlier file of samples is replaced, nothing else.
        Sample(world, "whole", 300);
        AssertBadInput(
            "is there already and not an array of rows of 12 values",
            "world", "sample", world, "--rows", "3", "--output", Path("whole-features.npy"));
    }

    [Fact]
    public void Saes_are_trained_on_samples_and_evaluated_on_others()
    {
        var world = World(Small);
        var trained = Train("saes", "--world", world, "--rows", "6000", "--seeds", "1,2,3");
        Sample(world, "stored", 6000);
        Assert.Equal(Hashes(trained), Hashes(Train("of-file", "--activations", Path("stored.npy"), "--seeds", "1,2,3")));
        var metadata = Json("sae", "info", Path("saes/seed_1")).GetProperty("metadata");
        Assert.Equal(
            Json("world", "info", world).GetProperty("world_hash").GetString(), metadata.GetProperty("world_hash").GetString());

        string[] saes = [Path("saes/seed_1"), Path("saes/seed_2"), Path("saes/seed_3")];
        string[] evaluate = ["world", "evaluate", "--sae", .. saes];
        var drawn = Json([.. evaluate, "--world", world, "--rows", "2000"]);

        Assert.Equal(drawn.ToString(), Json([.. evaluate, "--world", world, "--rows", "2000", "--threads", "1"]).ToString());
        Assert.All(drawn.GetProperty("saes").EnumerateArray(), sae =>
        {
            Assert.All(Metrics, metric => Assert.Equal(JsonValueKind.Number, sae.GetProperty(metric).ValueKind));
            Assert.InRange(Level(sae, "mcc"), 0.1, sae.GetProperty("mcc").GetDouble());
            Assert.InRange(Level(sae, "uniqueness"), 0.1, 1);
            Assert.InRange(Level(sae, "f1"), 0.01, sae.GetProperty("f1").GetDouble());
            Assert.InRange(sae.GetProperty("found_share").GetDouble(), Level(sae, "found_share"), 1);
            Assert.Equal(24, sae.GetProperty("by_rate").EnumerateArray().Sum(stratum => stratum.GetProperty("features").GetInt32()));
            Assert.Equal(4, sae.GetProperty("trees").GetProperty("edges").GetInt32());
            Assert.InRange(sae.GetProperty("assigned").GetProperty("f1").GetDouble(), 0, 1);
            Assert.Equal(16 - sae.GetProperty("dead").GetInt32(), sae.GetProperty("live").GetProperty("latents").GetInt32());
        });
        var mcc = drawn.GetProperty("intervals").GetProperty("mcc");
        Assert.InRange(mcc.GetProperty("mean").GetDouble(), mcc.GetProperty("low").GetDouble(), mcc.GetProperty("high").GetDouble());

        // The same samples from files: only the order in which directions are added differs.
        var stored = Json([.. evaluate, .. Files(world), "--bias", Path("bias.npy")]);
        foreach (var (one, other) in drawn.GetProperty("saes").EnumerateArray().Zip(stored.GetProperty("saes").EnumerateArray()))
        {
            Assert.All(Metrics, metric => Assert.Equal(
                one.GetProperty(metric).GetDouble(), other.GetProperty(metric).GetDouble(), tolerance: 2e-3));
            Assert.Equal(one.GetProperty("mcc").GetDouble(), other.GetProperty("mcc").GetDouble());
            Assert.Equal(one.GetProperty("true_l0").GetDouble(), other.GetProperty("true_l0").GetDouble());
        }

        // One latent of each of the 2,000 samples: the batches are 1,024 and 976.
        var byBatch = Json([.. evaluate, "--world", world, "--rows", "2000", "--by-batch", "1"]);
        Assert.Equal(1, byBatch.GetProperty("by_batch").GetInt32());
        Assert.Equal(JsonValueKind.Null, drawn.GetProperty("by_batch").ValueKind);
        Assert.All(byBatch.GetProperty("saes").EnumerateArray(), sae => Assert.Equal(1, sae.GetProperty("l0").GetDouble()));
        AssertBadInput("has 16 latents", [.. evaluate, "--world", world, "--rows", "2000", "--by-batch", "17"]);
        Train("pursuit", "--world", world, "--rows", "600", "--set", "architecture=matching_pursuit", "--set", "epochs=1");
        AssertBadInput(
            "does not choose among pre-activations", "world", "evaluate", "--sae", Path("pursuit"), "--world", world, "--rows", "10",
            "--by-batch", "1");

        var figures = HusaiProcess.Run([.. evaluate, "--world", world, "--rows", "2000", "--figures", Path("figures")]);
        Assert.Contains("absorption", figures.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "absorption.csv", "absorption.pdf", "absorption.svg", "features-by-rate.csv", "features-by-rate.pdf",
                "features-by-rate.svg", "found-by-rate.csv", "found-by-rate.pdf", "found-by-rate.svg",
            ],
            Directory.GetFiles(Path("figures")).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1 + 3 * 24, File.ReadAllLines(Path("figures/features-by-rate.csv")).Length);
        Assert.Equal(1 + 3 * 4, File.ReadAllLines(Path("figures/absorption.csv")).Length);
        AssertBadInput(
            "choose another folder", "world", "evaluate", "--sae", saes[0], "--world", world, "--rows", "10", "--figures", saes[0]);

        var own = HusaiProcess.Run("world", "evaluate", "--sae", saes[0], "--world", world, "--rows", "10", "--seed", "0");
        Assert.Contains("was trained on samples of this seed", own.Error, StringComparison.Ordinal);
        Assert.Contains("mcc", own.Output, StringComparison.Ordinal);
        AssertBadInput(
            "was trained on another world", "world", "evaluate", "--sae", saes[0], "--world", World(Small.Replace("start: 3", "start: 2")));
        AssertBadInput(
            "is the same SAE as", "world", "evaluate", "--sae", saes[0], Path("saes/./seed_1"), "--world", world);
        AssertBadInput("holds 2000 rows where 2001", [.. evaluate, .. Files(world), "--rows", "2001"]);
        AssertBadInput(
            "a column of values is needed", "world", "evaluate", "--sae", saes[0], "--dictionary", Path("values.npy"), "--features",
            Path("values.npy"));
    }

    [Theory]
    [InlineData("unknown key 'widht'", "world info WORLD", "{widht: 3}")]
    [InlineData("31 roots", "world info WORLD", "{features: 8, trees: {roots: 31}}")]
    [InlineData("missing.yaml", "world info missing.yaml", "{}")]
    [InlineData("--rows is '0'", "world sample WORLD --rows 0 --output OUTPUT.npy", Small)]
    [InlineData("--rows", "world sample WORLD --output OUTPUT.npy", Small)]
    [InlineData("beyond the last index", "world sample WORLD --rows 9 --start 2147483647 --output OUTPUT.npy", Small)]
    [InlineData("extension '.csv'", "world sample WORLD --rows 9 --output OUTPUT.csv", Small)]
    [InlineData("a file each", "world sample WORLD --rows 9 --output OUTPUT.npy --features OUTPUT.npy", Small)]
    [InlineData("unknown key 'widht'", "world sample WORLD --rows 9 --output OUTPUT.npy", "{widht: 3}")]
    [InlineData("either --checkpoint DIR, --activations PATH or --world FILE", "sae train --output OUTPUT", Small)]
    [InlineData("give either", "sae train --world WORLD --rows 9 --activations x.npy --output OUTPUT", Small)]
    [InlineData("--world needs --rows N", "sae train --world WORLD --output OUTPUT", Small)]
    [InlineData("--rows needs --world FILE", "sae train --activations x.npy --rows 9 --output OUTPUT", Small)]
    [InlineData("--rows is '1'", "sae train --world WORLD --rows 1 --output OUTPUT", Small)]
    [InlineData("unknown key 'widht'", "sae train --world WORLD --rows 9 --output OUTPUT", "{widht: 3}")]
    [InlineData("give either", "world evaluate --sae x --world WORLD --dictionary x.npy --features y.npy", Small)]
    [InlineData("--dictionary needs --features FILE", "world evaluate --sae x --dictionary x.npy", Small)]
    [InlineData("--sample-seed needs --world FILE", "world evaluate --sae x --dictionary x.npy --features y.npy --sample-seed 3", Small)]
    [InlineData("no such folder or file", "world evaluate --sae missing --world WORLD", Small)]
    public void Bad_input_is_named_and_nothing_is_written(string text, string command, string yaml)
    {
        var world = World(yaml);
        var before = Directory.GetFileSystemEntries(_folder);

        AssertBadInput(text, [.. command.Split(' ').Select(word => word
            .Replace("WORLD", world, StringComparison.Ordinal).Replace("OUTPUT", Path("output"), StringComparison.Ordinal))]);

        Assert.Equal(before, Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Interrupted_samples_leave_no_file()
    {
        var world = World(Small);
        var process = HusaiProcess.Start(
            ["world", "sample", world, "--rows", "2000000000", "--output", Path("s/samples.npy"), "--features", Path("s/features.npy")]);
        process.WaitUntil(() => Directory.Exists(Path("s")) && Directory.GetFiles(Path("s"), "*.tmp").Length == 2);
        process.Interrupt();

        var result = process.Wait();
        Assert.Equal(ExitCode.Interrupted, result.ExitCode);
        Assert.EndsWith("husai: interrupted\n", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path("s")));
    }

    private static double Level(JsonElement sae, string metric) =>
        sae.GetProperty("chance").GetProperty(metric).GetProperty("value").GetDouble();

    private static List<string> Hashes(JsonElement trained) =>
        [.. trained.GetProperty("saes").EnumerateArray().Select(sae => sae.GetProperty("weights_hash").GetString()!)];

    private static JsonElement Json(params string[] arguments)
    {
        var result = HusaiProcess.Run([.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    // The directions and the bias are in no file that the program writes.
    private string[] Files(string world)
    {
        var made = WorldBuilder.Build(ConfigurationReader.Read<WorldOptions>(world));
        NumpyFile.Write(Path("directions.npy"), NamedTensor.FromMatrix("directions", made.Dictionary));
        NumpyFile.Write(Path("bias.npy"), NamedTensor.FromVector("bias", made.Bias));
        Sample(world, "held-out", 2000, "--seed", "1", "--features", Path("values.npy"));
        return ["--dictionary", Path("directions.npy"), "--features", Path("values.npy")];
    }

    private JsonElement Train(string name, params string[] arguments) => Json(
    [
        "sae", "train", "--output", Path(name), "--set", "latents=16", "--set", "k=2", "--set", "epochs=20", "--set", "batch_size=64",
        "--set", "learning_rate=0.003", .. arguments,
    ]);

    private void Sample(string world, string name, int rows, params string[] arguments)
    {
        var document = Json(["world", "sample", world, "--rows", $"{rows}", "--output", Path($"{name}.npy"), .. arguments]);
        Assert.Equal(rows, document.GetProperty("rows").GetInt32());
    }

    private string World(string yaml)
    {
        var path = Path($"world{Directory.GetFiles(_folder).Length}.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    private byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    private NamedTensor Rows(string name) => NumpyFile.Read(Path(name));
}
