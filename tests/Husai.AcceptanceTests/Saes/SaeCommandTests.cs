using System.Text.Json;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.AcceptanceTests.Saes;

public sealed class SaeCommandTests : IDisposable
{
    private static readonly string[] Keys = [
        "sae", "steps", "explained_variance", "l0", "dead_fraction", "rows_per_second", "weights_hash"];
    private static readonly string[] Architectures = ["topk", "relu", "batchtopk", "jumprelu", "gated", "matryoshka"];
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-sae").FullName;
    private readonly string _activations;

    public SaeCommandTests()
    {
        _activations = Path.Combine(_folder, "activations.npy");
        var rows = new Matrix(900, 12);
        new RandomStream(4, "rows").FillNormal(rows.AsSpan(), mean: 0.3f);
        NumpyFile.Write(_activations, NamedTensor.FromMatrix("activations", rows));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Training_prints_one_document_with_the_verdict()
    {
        var result = Train("one", "--json");

        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.All(Keys, key => Assert.True(document.RootElement.TryGetProperty(key, out _), key));

        Assert.All(document.RootElement.GetProperty("checks").EnumerateArray(), check => Assert.Equal(
            ["limit", "name", "ok", "red_flag", "value"], check.EnumerateObject().Select(property => property.Name).Order()));
        Assert.True(File.Exists(Path.Combine(_folder, "one", "sae_weights.safetensors")));
        Assert.NotEmpty(File.ReadAllLines(Path.Combine(_folder, "one", "metrics.jsonl")));
    }

    [Fact]
    public void Several_seeds_end_with_the_hashes_of_each_alone()
    {
        var result = Train("all", "--seeds", "1,2,3", "--threads", "2", "--json");

        using var document = JsonDocument.Parse(result.Output);
        var together = document.RootElement.GetProperty("saes").EnumerateArray().Select(sae => sae.GetProperty("weights_hash").GetString()!)
            .ToList();

        var alone = Enumerable.Range(1, 3).Select(seed => Hash(Train($"alone{seed}", "--seed", $"{seed}", "--threads", "1", "--json")));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Saes_evaluated_together_get_the_numbers_of_each_alone()
    {
        var (configuration, model) = (Path.Combine(_folder, "t.yaml"), Path.Combine(_folder, "model"));
        File.WriteAllText(
            configuration,
            "{task: {modulus: 7}, model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 16}, "
            + "training: {epochs: 10, train_fraction: 0.8}}");
        Assert.Equal(0, HusaiProcess.Run("transformer", "train", "--config", configuration, "--output", model).ExitCode);
        var folders = new List<string>();
        foreach (var (site, seed) in new[] { ("resid_post", 1), ("resid_post", 2), ("mlp_out", 1), ("resid_post", 3) })
        {
            folders.Add(Path.Combine(_folder, $"{site}{seed}"));
            var trained = HusaiProcess.Run(
                "sae", "train", "--checkpoint", model, "--site", site, "--seed", $"{seed}", "--output", folders[^1],
                "--set", "latents=24", "--set", "k=4", "--set", "epochs=5", "--set", "batch_size=16");
            Assert.True(trained.ExitCode == 0, trained.Error);
        }

        var alone = folders.SelectMany(folder => Evaluated(folder));
        var together = Evaluated([.. folders]);

        Assert.Equal(4, together.Distinct().Count());
        Assert.Equal(alone, together);

        List<string> Evaluated(params string[] saes)
        {
            var result = HusaiProcess.Run(["sae", "evaluate", "--sae", .. saes, "--checkpoint", model, "--json"]);
            Assert.True(result.ExitCode == 0, result.Error);
            using var document = JsonDocument.Parse(result.Output);
            return [.. document.RootElement.GetProperty("saes").EnumerateArray().Select(sae => JsonSerializer.Serialize(sae))];
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Every_instruction_tier_gives_the_same_bits(string off)
    {
        foreach (var architecture in Architectures)
        {
            string[] Named(string name) =>
                Arguments($"{name}-{architecture}", "--set", $"architecture={architecture}", "--set", "l1_coefficient=0.01", "--json");
            var other = HusaiProcess.RunWith(new Dictionary<string, string> { [off] = "0" }, Named(off));

            Assert.Equal(Hash(HusaiProcess.Run(Named("all"))), Hash(other));
        }
    }

    [Fact]
    public void A_killed_training_resumes_to_the_same_bits()
    {
        string[] longer = ["--set", "epochs=400", "--set", "checkpoint_every=20", "--set", "evaluate_every=50", "--json"];
        var expected = Hash(Train("whole", longer));
        var state = Path.Combine(_folder, "parts", "resume.safetensors");
        var process = HusaiProcess.Start(Arguments("parts", longer));
        process.WaitUntil(() => File.Exists(state));
        process.Kill();
        process.Wait();

        Assert.Equal(expected, Hash(Train("parts", [.. longer, "--resume"])));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder, "whole", "metrics.jsonl")),
            File.ReadAllBytes(Path.Combine(_folder, "parts", "metrics.jsonl")));
    }

    [Fact]
    public void Strict_turns_a_red_flag_into_its_own_exit_code()
    {
        Assert.Equal(3, Train("strict", "--strict", "--set", "checks.lowest_explained_variance=1").ExitCode);
        Assert.Equal(0, Train("lax", "--set", "checks.lowest_explained_variance=1").ExitCode);
    }

    [Fact]
    public void The_overlap_with_the_circuit_stands_beside_its_level_and_strict_knows_its_flag()
    {
        var (configuration, model) = (Path.Combine(_folder, "t.yaml"), Path.Combine(_folder, "model"));
        File.WriteAllText(
            configuration,
            "{task: {modulus: 23}, model: {model_width: 32, heads: 2, head_width: 16, mlp_width: 64}, "
            + "training: {epochs: 200, train_fraction: 0.9}}");
        Assert.Equal(0, HusaiProcess.Run("transformer", "train", "--config", configuration, "--output", model).ExitCode);
        var trained = HusaiProcess.Run(
            "sae", "train", "--checkpoint", model, "--output", Path.Combine(_folder, "sae"), "--set", "latents=64", "--set", "k=8",
            "--set", "epochs=20", "--strict", "--json");

        using var document = JsonDocument.Parse(trained.Output);
        var overlap = document.RootElement.GetProperty("circuit_overlap");
        var score = overlap.GetProperty("score").GetDouble();
        var level = overlap.GetProperty("other_planes").GetProperty("value").GetDouble();
        var checks = document.RootElement.GetProperty("checks").EnumerateArray().ToList();
        var check = checks.Single(check => check.GetProperty("name").GetString() == "circuit_overlap_above_other_planes");
        Assert.Equal(
            (score, level, score > level),
            (check.GetProperty("value").GetDouble(), check.GetProperty("limit").GetDouble(), check.GetProperty("ok").GetBoolean()));
        Assert.True(check.GetProperty("red_flag").GetBoolean());
        var flagged = checks.Any(other => other.GetProperty("red_flag").GetBoolean() && !other.GetProperty("ok").GetBoolean());
        Assert.Equal(flagged ? 3 : 0, trained.ExitCode);
    }

    [Fact]
    public void Evaluate_and_info_tell_what_was_trained()
    {
        var trained = Hash(Train("one", "--json"));
        var folder = Path.Combine(_folder, "one");

        using var evaluated = JsonDocument.Parse(
            HusaiProcess.Run("sae", "evaluate", "--sae", folder, "--activations", _activations, "--json").Output);
        var info = HusaiProcess.Run("sae", "info", folder, "--json");

        Assert.Equal(trained, evaluated.RootElement.GetProperty("saes")[0].GetProperty("weights_hash").GetString());
        Assert.Equal(900, evaluated.RootElement.GetProperty("saes")[0].GetProperty("rows").GetInt32());
        Assert.Equal(trained, Hash(info));
    }

    [Fact]
    public void A_frozen_baseline_is_trained_and_info_tells_what_is_frozen()
    {
        var hashes = new HashSet<string>();
        foreach (var part in (string[])["none", "decoder", "decoder_soft", "encoder"])
        {
            hashes.Add(Hash(Train(part, "--json", "--set", $"freeze={part}", "--set", "learning_rate=0.1")));
            using var info = JsonDocument.Parse(HusaiProcess.Run("sae", "info", Path.Combine(_folder, part), "--json").Output);
            var isSaid = info.RootElement.GetProperty("metadata").TryGetProperty("freeze", out var said);
            Assert.Equal(part, isSaid ? said.GetString() : "none");
        }

        Assert.Equal(4, hashes.Count);
        AssertRefused(
            "one of none, decoder, decoder_soft, encoder (did you mean 'decoder'?)", Train("bad", "--set", "freeze=decoders"));
        AssertRefused("resample_every must be 0", Train("bad", "--set", "freeze=encoder", "--set", "resample_every=10"));
        AssertRefused("was saved with other options: freeze is", Train("none", "--resume", "--set", "freeze=decoder", "--set",
            "learning_rate=0.1"));
        Assert.False(Directory.Exists(Path.Combine(_folder, "bad")));
    }

    [Theory]
    [InlineData("--set", "k=many")]
    [InlineData("--set", "kk=3")]
    [InlineData("--seeds", "1,1")]
    [InlineData("--seeds", "1,x")]
    [InlineData("--config", "nowhere.yaml")]
    public void Bad_input_is_told_in_a_line_and_leaves_nothing(string option, string value)
    {
        var result = Train("bad", option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("husai: ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "bad")));
    }

    [Theory]
    [InlineData("--seed", "-1")]
    [InlineData("--seed", "many")]
    [InlineData("--seed", "")]
    [InlineData("--seeds", "")]
    [InlineData("--config", "")]
    [InlineData("--layer", "x")]
    [InlineData("--seed")]
    [InlineData("--checkpoint")]
    public void A_value_that_is_unfit_or_missing_is_told_in_lines_that_begin_with_the_program(params string[] option)
    {
        var result = Train("bad", option);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.All(result.Error.Split('\n')[..^1], line => Assert.StartsWith("husai: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_bad_input_and_leaves_nothing()
    {
        var rows = new Matrix(40, 12);
        new RandomStream(4, "rows").FillNormal(rows.AsSpan());
        rows[7, 2] = float.NaN;
        NumpyFile.Write(_activations, NamedTensor.FromMatrix("activations", rows));

        AssertRefused("row 7, column 2 of the activations (counted from 0) is NaN", Train("bad"));
        Assert.False(Directory.Exists(Path.Combine(_folder, "bad")));
    }

    [Fact]
    public void A_training_takes_the_place_of_nothing()
    {
        var trained = Hash(Train("one", "--json"));

        AssertRefused("holds a training already (resume.safetensors); resume it, or choose another folder", Train("one", "--seed", "2"));
        Assert.Equal(trained, Hash(HusaiProcess.Run("sae", "info", Path.Combine(_folder, "one"), "--json")));
        Assert.Equal(trained, Hash(Train("one", "--json", "--resume")));

        Directory.CreateDirectory(Path.Combine(_folder, "other"));
        File.WriteAllText(Path.Combine(_folder, "other", "metrics.jsonl"), "of something else");
        AssertRefused(
            "holds a metrics.jsonl, but no resume.safetensors, so no SAE training can be resumed there", Train("other", "--resume"));
        AssertRefused("is no folder that can be written to", Train("activations.npy"));
        AssertRefused("is no folder that can be written to", Train("activations.npy/below"));
        Assert.Equal("of something else", File.ReadAllText(Path.Combine(_folder, "other", "metrics.jsonl")));
    }

    private static void AssertRefused(string reason, HusaiResult result)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n')[..^1]);
        Assert.Empty(result.Output);
    }

    private static string Hash(HusaiResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.GetProperty("weights_hash").GetString()!;
    }

    private HusaiResult Train(string name, params string[] more) => HusaiProcess.Run(Arguments(name, more));

    private string[] Arguments(string name, params string[] more) =>
    [
        "sae", "train", "--activations", _activations, "--output", Path.Combine(_folder, name),
        "--set", "expansion_factor=4", "--set", "k=4", "--set", "epochs=3", "--set", "batch_size=64", .. more,
    ];
}
