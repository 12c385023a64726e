using System.Text.Json;
using Husai.Autoencoders.Activations;
using Husai.Cli.Hosting;
using Husai.Columnar.Tests;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Networks;

/// <summary>Text through a network into a store, and SAEs on the store.</summary>
public sealed class NetworkCommandTests : IDisposable
{
    private const int KilledAttempts = 20;
    private readonly string _root = Directory.CreateTempSubdirectory("husai-network").FullName;
    private readonly string _model;
    private readonly string _text;

    public NetworkCommandTests()
    {
        TinyNetworkFiles.Write(_root);
        _model = At(TinyNetworkFiles.Model);
        _text = At(TinyNetworkFiles.Text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Sites_are_listed_with_what_they_are()
    {
        var sites = Document(HusaiProcess.Run("network", "sites", "--model", _model, "--json")).GetProperty("sites");
        var post = sites.EnumerateArray().Single(site => site.GetProperty("alias").GetString() == "resid_post.0");
        Assert.Equal("19", post.GetProperty("name").GetString());
        Assert.Equal("resid_post", post.GetProperty("kind").GetString());
        Assert.Equal((0, 8), (post.GetProperty("layer").GetInt32(), post.GetProperty("width").GetInt32()));
        Assert.Contains("mlp_hidden.0", HusaiProcess.Run("network", "sites", "--model", _model).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_shown_as_tokens()
    {
        var tokens = Document(HusaiProcess.Run("network", "tokens", "--model", _model, "a B !", "--json")).GetProperty("tokens");
        Assert.Equal(["[CLS]", "a", "b", "[UNK]", "[SEP]"], tokens.EnumerateArray().Select(token => token.GetProperty("text").GetString()));
    }

    [Fact]
    public void SAEs_on_a_store_have_the_bits_of_SAEs_on_a_file_with_its_rows()
    {
        var extracted = Document(Extract(
            "stores", "--site", "resid_post.0", "mlp_hidden.0", "--context", "9", "--shard-rows", "700", "--json"));
        Assert.Equal(2, extracted.GetProperty("stores").GetArrayLength());
        var store = At("stores", "resid_post.0");
        var info = Document(HusaiProcess.Run("activations", "info", store, "--verify", "--json"));
        Assert.Equal(extracted.GetProperty("rows").GetInt64(), info.GetProperty("rows").GetInt64());
        Assert.Equal("19", info.GetProperty("source").GetProperty("tensor").GetString());

        var file = At("rows.npy");
        using (var rows = new StoredActivations(store))
        {
            var values = new Matrix(rows.Rows, rows.Width);
            rows.CopyRows([.. Enumerable.Range(0, rows.Rows)], values);
            NumpyFile.Write(file, NamedTensor.FromMatrix("activations", values));
        }

        var ofStore = Train(store, "sae_of_store");
        Assert.Equal(Train(file, "sae_of_file").GetProperty("weights_hash").GetString(), ofStore.GetProperty("weights_hash").GetString());
        var configuration = File.ReadAllText(At("sae_of_store", "cfg.json"));
        Assert.Contains("\"hook_name\": \"19\"", configuration, StringComparison.Ordinal);
        Assert.Contains("\"dataset_path\": \"text.txt\"", configuration, StringComparison.Ordinal);
        var measured = Document(HusaiProcess.Run(
            "sae", "evaluate", "--sae", At("sae_of_store"), "--activations", store, "--rows", "held-out", "--json"));
        Assert.Equal(
            ofStore.GetProperty("explained_variance").GetDouble(),
            measured.GetProperty("saes")[0].GetProperty("explained_variance").GetDouble());
        AssertBadInput(
            "takes rows of width 8", "sae", "evaluate", "--sae", At("sae_of_store"), "--activations", At("stores", "mlp_hidden.0"));
    }

    [Fact]
    public void Reconstructions_are_measured_in_the_network_and_a_randomised_one_is_another()
    {
        Extract("store", "--site", "resid_mid.0", "--context", "9");
        Train(At("store"), "sae", k: 8, epochs: 30);
        string[] command = ["sae", "evaluate", At("sae"), "--activations", At("store"), "--text", _text, "--text-rows", "500", "--json"];
        var network = Document(HusaiProcess.Run([.. command, "--model", _model])).GetProperty("saes")[0].GetProperty("network");
        Assert.True(double.IsFinite(network.GetProperty("cross_entropy_recovered").GetDouble()));
        Assert.Equal(JsonValueKind.Null, network.GetProperty("cosine").ValueKind);
        var divergence = network.GetProperty("kl");
        Assert.True(divergence.GetProperty("spliced").GetDouble() < divergence.GetProperty("zero").GetDouble());

        string[] randomise = ["network", "randomise", "--model", _model, "--seed", "1", "--output"];
        Assert.Equal(7, Document(HusaiProcess.Run([.. randomise, At("random.onnx"), "--json"])).GetProperty("permuted_tensors").GetInt32());
        AssertBadInput("was not trained on a store of", [.. command, "--model", At("random.onnx"), "--tokenizer", At("vocab.txt")]);
        AssertBadInput("is the input", [.. randomise, _model]);
        AssertBadInput("is there already and not a network", [.. randomise, _text]);
    }

    [Fact]
    public void An_extraction_that_is_killed_at_any_instant_continues_to_the_same_bytes()
    {
        string[] options = ["--site", "resid_post.0", "--context", "9", "--shard-rows", "40", "--batch", "1", "--dtype", "f16"];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(ExitCode.Success, Extract("whole", options).ExitCode);
        var time = clock.Elapsed;
        var killed = 0;
        for (var attempt = 0; attempt < KilledAttempts; attempt++)
        {
            using var process = HusaiProcess.Start([.. Command("part", options)]);
            if (!process.WaitForExit(time * ((attempt * 7 + 3) % KilledAttempts) / KilledAttempts))
            {
                process.Kill();
                killed++;
            }

            process.WaitForExit(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(ExitCode.Success, Extract("part", options).ExitCode);
        Assert.True(killed > 0);
        var files = Directory.GetFiles(At("whole")).Select(Path.GetFileName).Order().ToArray();
        Assert.True(files.Length > 50);
        Assert.Equal(files, Directory.GetFiles(At("part")).Select(Path.GetFileName).Order());
        Assert.All(files, name => Assert.Equal(File.ReadAllBytes(At("whole", name!)), File.ReadAllBytes(At("part", name!))));
    }

    [Fact]
    public void Of_two_stores_one_that_is_finished_stays()
    {
        string[] options = ["--site", "resid_post.0", "mlp_hidden.0", "--context", "9", "--max-rows", "900", "--json"];
        var first = Document(Extract("stores", options)).GetProperty("stores").GetRawText();
        Directory.Delete(At("stores", "mlp_hidden.0"), recursive: true);
        Assert.Equal(first, Document(Extract("stores", options)).GetProperty("stores").GetRawText());
        Document(HusaiProcess.Run("activations", "info", At("stores", "mlp_hidden.0"), "--verify", "--json"));
    }

    [Fact]
    public void What_cannot_be_used_is_told_of_in_one_line_and_leaves_nothing()
    {
        File.WriteAllBytes(At("cut.onnx"), File.ReadAllBytes(_model)[..900]);
        AssertBadInput("cut.onnx: is no ONNX model, or a truncated one", "network", "sites", "--model", At("cut.onnx"));
        AssertNothing("has no tensor 'resid_post.9'", "--site", "resid_post.9");
        File.WriteAllLines(At("large.txt"), File.ReadLines(At("vocab.txt")).Concat(Enumerable.Range(0, 99).Select(word => $"w{word}")));
        AssertNothing("knows 64: not its tokenizer", "--site", "embed", "--tokenizer", At("large.txt"));
        File.WriteAllText(At("empty.txt"), "\n");
        AssertNothing("empty.txt: holds no text", "--site", "embed", "--text", At("empty.txt"));
        File.WriteAllBytes(At("latin.txt"), [.. "a b\n"u8, 0xE9, .. "\n"u8]);
        AssertNothing("latin.txt: is not UTF-8 text: line 2", "--site", "embed", "--text", At("latin.txt"));
        AssertNothing("has no CUDAExecutionProvider, only CPUExecutionProvider", "--site", "embed", "--provider", "cuda");
        AssertNothing("a context of 2 tokens has no room for text", "--site", "embed", "--context", "2");
        AssertBadInput("--model needs --site", "activations", "extract", "--model", _model, "--text", _text, "--output", At("x"));
        AssertBadInput("--text needs --model", "activations", "extract", "--checkpoint", "x", "--text", _text, "--output", At("x"));
    }

    [Fact]
    public void A_store_that_is_damaged_or_unfinished_is_refused_by_name()
    {
        Extract("store", "--site", "embed", "--shard-rows", "900");
        var shard = At("store", "shard-00001.safetensors");
        var whole = File.ReadAllBytes(shard);
        whole[^1] ^= 1;
        File.WriteAllBytes(shard, whole);
        AssertBadInput("shard-00001.safetensors: is damaged", "activations", "info", At("store"), "--verify");
        File.WriteAllBytes(shard, whole[..^2000]);
        AssertBadInput("shard-00001.safetensors", "sae", "train", "--activations", At("store"), "--output", At("sae"));
        File.Delete(shard);
        AssertBadInput("shard-00001.safetensors: no such file", "sae", "train", "--activations", At("store"), "--output", At("sae"));
        Assert.False(Directory.Exists(At("sae")));
        AssertBadInput("is no activation store", "activations", "info", _root);
    }

    [Fact]
    public async Task Text_and_activations_may_lie_in_tables()
    {
        await TableFiles.WriteTexts(At("text.parquet"), "story", File.ReadAllLines(_text));
        string[] ofTable = ["--site", "embed", "--text", At("text.parquet"), "--field", "story", "--json"];
        Assert.Equal(
            Document(Extract("lines", "--site", "embed", "--json")).GetProperty("rows").GetInt64(),
            Document(Extract("table", ofTable)).GetProperty("rows").GetInt64());

        Directory.CreateDirectory(At("cache"));
        TableFiles.WriteContexts(At("cache", "data-00000-of-00001.arrow"), 0, [5, 5], 4, 8);
        File.WriteAllText(At("cache", "state.json"), """{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}""");
        var info = Document(HusaiProcess.Run("activations", "info", At("cache"), "--json"));
        Assert.Equal((40, 8), (info.GetProperty("rows").GetInt64(), info.GetProperty("width").GetInt32()));
        Train(At("cache"), "sae_of_cache");
        File.WriteAllBytes(At("cut.parquet"), File.ReadAllBytes(At("text.parquet"))[..100]);
        AssertBadInput("cut.parquet: is damaged, or no such table", "activations", "info", At("cut.parquet"));
    }

    private static JsonElement Document(HusaiResult result) => result.ExitCode == ExitCode.Success
        ? JsonDocument.Parse(result.Output).RootElement : throw new InvalidOperationException(result.Error);

    private string At(params string[] names) => Path.Combine([_root, .. names]);

    private JsonElement Train(string activations, string output, int k = 4, int epochs = 2) => Document(HusaiProcess.Run(
        "sae", "train", "--activations", activations, "--set", $"k={k}", "--set", "expansion_factor=4", "--set", $"epochs={epochs}",
        "--seed", "1",
        "--output", At(output), "--json"));

    private HusaiResult Extract(string output, params string[] options) => HusaiProcess.Run([.. Command(output, options)]);

    private IEnumerable<string> Command(string output, params string[] options) =>
        ((string[])["activations", "extract", "--model", _model, "--output", At(output)])
            .Concat(options.Contains("--text") ? [] : ["--text", _text]).Concat(options);

    private void AssertNothing(string message, params string[] options)
    {
        AssertBadInput(message, [.. Command("nothing", options)]);
        Assert.False(Directory.Exists(At("nothing")));
    }
}
