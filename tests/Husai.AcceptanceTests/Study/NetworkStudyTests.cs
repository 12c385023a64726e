using System.Diagnostics;
using System.Text.Json;
using Husai.AcceptanceTests.Networks;
using Husai.Cli.Hosting;
using Husai.Experiments.Latents;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Study;

/// <summary>A study on a network in an ONNX file, which the test builds.</summary>
public sealed class NetworkStudyTests : IDisposable
{
    private void AssertContextsAreThoseOfTheCommand()
    {
        using var result = JsonDocument.Parse(File.ReadAllText(At("run/contexts/tiny/mlp_hidden.0/batchtopk/result.json")));
        var latents = result.RootElement.GetProperty("latents").EnumerateArray().ToList();
        Assert.Equal(
            ["least stable", "most stable"], latents.Select(latent => latent.GetProperty("title").GetString()).Distinct().Order());
        Assert.All(latents, latent => Assert.Equal(3, latent.GetProperty("matches").GetArrayLength()));
        var match = latents[0].GetProperty("matches")[1];
        var index = match.GetProperty("latent").GetInt32();
        var profiled = HusaiProcess.Run(
            "latents", At("run/saes/tiny/mlp_hidden.0/batchtopk/seed_2"), "--store", At("store"), "--latents", $"{index}", "--top", "3",
            "--samples", "0", "--context", "8", "--output", At("latents"));
        Assert.True(profiled.ExitCode == ExitCode.Success, profiled.Error);
        var profile = LatentFolder.Open(At("latents")).Read(index)!;
        Assert.Equal(
            profile.Top.Select(excerpt => (excerpt.Row, excerpt.Activation)),
            match.GetProperty("top").EnumerateArray().Select(
                excerpt => (excerpt.GetProperty("row").GetInt64(), excerpt.GetProperty("activation").GetSingle())));
        var peak = ExcerptText.Words(profile.Top[0], "WordPiece")[profile.Top[0].Peak].Trim();
        var report = File.ReadAllText(At("run/report.html"));
        Assert.Contains("<h2>What latents fire on</h2>", report, StringComparison.Ordinal);
        Assert.Contains($"<mark>{peak}</mark>", report, StringComparison.Ordinal);
    }

    private const int KilledAttempts = 6;

    private const string Study =
        """
        name: net
        networks:
          - {name: tiny, model: tiny.onnx, text: text.txt, sites: [resid_mid.0, mlp_hidden.0], context: 9, max_rows: 2000, shard_rows: 300}
        saes:
          - name: batchtopk
            options:
              {architecture: batchtopk, latents: 12, k: 2, epochs: 3, batch_size: 64, learning_rate: 3.0e-3, evaluate_every: 0,
              checkpoint_every: 0}
        seeds: [1, 2, 3]
        controls: [randomised]
        analyses: {chance_draws: 2, further_similarities: [], dynamics: true, function: true, splice: true, splice_rows: 400}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-network-study-").FullName;

    public NetworkStudyTests()
    {
        TinyNetworkFiles.Write(_folder);
        Write(Study);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Text_becomes_a_store_for_each_site_and_SAEs_are_compared_on_it()
    {
        var result = Run("run");
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Contains("batchtopk @ resid_mid.0", result.Output, StringComparison.Ordinal);
        Assert.Contains("no truth is known here", result.Output, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(File.ReadAllText(At("run/summary.json")));
        var sites = summary.RootElement.GetProperty("activations").EnumerateArray().ToList();
        Assert.Equal(
            ["resid_mid.0", "mlp_hidden.0", "resid_mid.0", "mlp_hidden.0"], sites.Select(site => site.GetProperty("site").GetString()));
        Assert.Equal([2000, 2000, 2000, 2000], sites.Select(site => site.GetProperty("rows").GetInt32()));

        // All SAEs of a site are measured in the network at once, beside zeros and the mean row.
        var spliced = summary.RootElement.GetProperty("configurations").EnumerateArray()
            .Select(configuration => configuration.GetProperty("spliced")).ToList();
        Assert.Equal(4, spliced.Count);
        Assert.All(spliced, output => Assert.True(output.GetProperty("kl").GetProperty("mean").GetDouble() > 0));
        Assert.All(spliced[..2], output => Assert.True(
            output.GetProperty("kl").GetProperty("mean").GetDouble() < output.GetProperty("zero").GetDouble()));
        Assert.Contains("## Reconstructions inside the network", File.ReadAllText(At("run/tables.md")), StringComparison.Ordinal);

        // The store is what the command makes of the same options, and its hash is in the results.
        var extracted = HusaiProcess.Run(
            "activations", "extract", "--model", At("tiny.onnx"), "--text", At("text.txt"), "--site", "mlp_hidden.0", "--context", "9",
            "--max-rows", "2000", "--shard-rows", "300", "--output", At("store"), "--json");
        Assert.True(extracted.ExitCode == ExitCode.Success, extracted.Error);
        using var stores = JsonDocument.Parse(extracted.Output);
        Assert.Equal(
            stores.RootElement.GetProperty("stores")[0].GetProperty("hash").GetString(), sites[1].GetProperty("hash").GetString());

        // So are the SAEs.
        var trained = HusaiProcess.Run(
            "sae", "train", "--activations", At("store"), "--config", At("run/saes/tiny/mlp_hidden.0/batchtopk/seed_2/options.json"),
            "--output", At("sae"), "--json");
        Assert.True(trained.ExitCode == ExitCode.Success, trained.Error);
        using var ofCommand = JsonDocument.Parse(trained.Output);
        using var ofStudy = JsonDocument.Parse(File.ReadAllText(At("run/saes/tiny/mlp_hidden.0/batchtopk/seed_2/result.json")));
        Assert.Equal(
            ofCommand.RootElement.GetProperty("weights_hash").GetString(), ofStudy.RootElement.GetProperty("weights_hash").GetString());
        AssertContextsAreThoseOfTheCommand();
    }

    [Fact]
    public void The_same_SAEs_are_trained_on_a_randomised_copy_and_stand_beside_the_others()
    {
        Write(Study.Replace("shard_rows: 300", "randomise: {seed: 5, keep: [embeddings]}", StringComparison.Ordinal));
        var result = Run("run");
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Contains("Do the seeds agree as much on networks that learnt no circuit?", result.Output, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(File.ReadAllText(At("run/summary.json")));
        var configurations = summary.RootElement.GetProperty("configurations").EnumerateArray().ToList();
        Assert.Equal(
            ["batchtopk @ resid_mid.0", "batchtopk @ mlp_hidden.0"],
            configurations[2..].Select(configuration => configuration.GetProperty("control_of").GetString()));
        Assert.All(configurations, configuration => Assert.Equal(3, configuration.GetProperty("seeds").GetArrayLength()));
        Assert.Contains("## Networks that learnt nothing", File.ReadAllText(At("run/tables.md")), StringComparison.Ordinal);

        // The copy is the command's.
        var randomised = HusaiProcess.Run(
            "network", "randomise", "--model", At("tiny.onnx"), "--seed", "5", "--keep", "embeddings", "--output", At("random.onnx"));
        Assert.True(randomised.ExitCode == ExitCode.Success, randomised.Error);
        Assert.Equal(File.ReadAllBytes(At("random.onnx")), File.ReadAllBytes(At("run/networks/tiny+randomised/model.onnx")));

        // How the copy is made decides nothing on the network itself.
        var manifest = File.ReadAllText(At("run/extractions/tiny/manifest.json"));
        Write(Study.Replace("shard_rows: 300", "randomise: {seed: 6}", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Success, Run("run").ExitCode);
        Assert.Equal(manifest, File.ReadAllText(At("run/extractions/tiny/manifest.json")));
        Assert.NotEqual(File.ReadAllBytes(At("random.onnx")), File.ReadAllBytes(At("run/networks/tiny+randomised/model.onnx")));
    }

    [Fact]
    public void A_study_that_is_killed_at_any_instant_continues_to_the_same_results()
    {
        var clock = Stopwatch.StartNew();
        Assert.Equal(ExitCode.Success, Run("whole").ExitCode);
        var time = clock.Elapsed;
        for (var attempt = 0; attempt < KilledAttempts; attempt++)
        {
            using var process = HusaiProcess.Start(["study", "run", At("study.yaml"), "--output", At("part")]);
            if (!process.WaitForExit(time * (1 + attempt) / (KilledAttempts + 2)))
            {
                process.Kill();
            }

            process.WaitForExit(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(ExitCode.Success, Run("part", "--threads", "1").ExitCode);
        Assert.Equal(File.ReadAllText(At("whole/summary.json")), File.ReadAllText(At("part/summary.json")));
    }

    [Fact]
    public void A_study_without_networks_loads_no_native_file_of_theirs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loader tells what it loads on Linux only");
        string[] files = [.. Loaded("whole").Where(file => file.Contains("onnxruntime", StringComparison.Ordinal))];
        Assert.NotEmpty(files);

        Write(Study[..Study.IndexOf("networks:", StringComparison.Ordinal)] + "activations: [{name: mine, path: "
            + At("whole/extractions/tiny/resid_mid.0") + "}]\n"
            + Study[Study.IndexOf("saes:", StringComparison.Ordinal)..].Replace("controls: [randomised]\n", "", StringComparison.Ordinal)
                .Replace(", splice: true, splice_rows: 400", "", StringComparison.Ordinal));
        Assert.DoesNotContain(Loaded("part"), file => file.Contains("onnxruntime", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model: tiny.onnx", "model: none.onnx", "none.onnx: no such file")]
    [InlineData("model: tiny.onnx", "model: cut.onnx", "cut.onnx: is no ONNX model, or a truncated one")]
    [InlineData("mlp_hidden.0]", "resid_post.7]", "has no tensor 'resid_post.7'")]
    [InlineData("mlp_hidden.0]", "resid_mid.0]", "two of them are one")]
    [InlineData("text: text.txt", "text: text.txt, tokenizer: large.txt", "knows 64: not its tokenizer")]
    [InlineData("text: text.txt", "text: none.txt", "none.txt: no such file")]
    [InlineData("context: 9", "context: 2", "a context of 2 tokens has no room for text")]
    [InlineData("max_rows: 2000", "max_rows: 1", "max_rows")]
    [InlineData("max_rows: 2000", "rows: some", "one of text, all, last, pooled")]
    [InlineData("sites: [resid_mid.0, mlp_hidden.0]", "sites: []", "must name at least one site")]
    [InlineData("saes:", "activations: [{name: tiny, path: rows.npy}]\nsaes:", "is the name of a network and of activations")]
    [InlineData("controls: [randomised]", "controls: [random_init]", "the control random_init is made of transformers alone")]
    [InlineData("max_rows: 2000", "randomise: {keep: [biases]}", "one of none, embeddings, norms")]
    [InlineData("context: 9", "context: 9, rows: pooled", "splice needs a row for each token")]
    [InlineData("chance_draws: 2", "circuit: true", "'circuit' compares SAEs with a known circuit, and there is none")]
    public void Bad_input_is_named_and_nothing_is_written(string text, string by, string message)
    {
        File.WriteAllBytes(At("cut.onnx"), File.ReadAllBytes(At("tiny.onnx"))[..900]);
        File.WriteAllLines(At("large.txt"), File.ReadLines(At("vocab.txt")).Concat(Enumerable.Range(0, 99).Select(word => $"w{word}")));
        Write(Study.Replace(text, by, StringComparison.Ordinal));

        AssertBadInput(message, "study", "run", At("study.yaml"), "--output", At("run"));

        Assert.False(Directory.Exists(At("run")));
    }

    // Names of files that the process has opened for the loader.
    private string[] Loaded(string name)
    {
        var environment = new Dictionary<string, string> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = At($"loader-{name}") };
        var result = HusaiProcess.RunWith(environment, "study", "run", At("study.yaml"), "--output", At(name));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        return [.. Directory.GetFiles(_folder, $"loader-{name}.*").SelectMany(File.ReadLines)];
    }

    private void Write(string study) => File.WriteAllText(At("study.yaml"), study);

    private HusaiResult Run(string name, params string[] more) =>
        HusaiProcess.Run(["study", "run", At("study.yaml"), "--output", At(name), .. more]);

    private string At(string name) => Path.Combine(_folder, name);
}
