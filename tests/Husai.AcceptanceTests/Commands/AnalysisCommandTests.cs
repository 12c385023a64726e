using System.Text.Json;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Commands;

public sealed class AnalysisCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-analysis").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Chance_of_sizes_that_cannot_be_held_names_the_limit() => AssertBadInput(
        "GiB can be held; take smaller ones", "chance", "--width", "1048576", "--latents", "16384");

    [Fact]
    public void Chance_prints_the_known_level()
    {
        var json = Json("chance", "--width", "128", "--latents", "128", "--draws", "4", "--json");
        Assert.Equal(.24725, json.GetProperty("abs_max").GetDouble(), 1e-5);
        Assert.Equal(.22741, json.GetProperty("signed_max").GetDouble(), 1e-5);
        Assert.Equal(.234, json.GetProperty("hungarian_abs").GetDouble(), 0.005);
        Assert.True(json.GetProperty("se").GetProperty("hungarian_signed").GetDouble() > 0);
    }

    [Fact]
    public void Stability_of_folders_is_one_document()
    {
        var json = Json("stability", SaeAt("a", 1), SaeAt("b", 2), SaeAt("c", 3), "--matcher", "hungarian", "--json");
        Assert.Equal("abs cosine, hungarian, decoder, mean", json.GetProperty("options").GetProperty("name").GetString());
        Assert.Equal(3, json.GetProperty("matrix").GetArrayLength());
        Assert.Equal(json.GetProperty("mean").GetDouble(), json.GetProperty("interval").GetProperty("mean").GetDouble());
        Assert.InRange(json.GetProperty("kappa").GetProperty("value").GetDouble(), -0.1, 0.1);
        Assert.All(
            ["same_shape", "same_shape_uncorrected", "turned", "isotropic", "own_neighbour"],
            level => Assert.InRange(json.GetProperty("levels").GetProperty(level).GetProperty("value").GetDouble(), 0.1, 0.9));
        Assert.All(
            ["untrained", "activations"],
            level => Assert.Equal(JsonValueKind.Null, json.GetProperty("levels").GetProperty(level).ValueKind));
        Assert.Equal(2, json.GetProperty("verdict").GetInt32());
        Assert.Contains("no more alike", json.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(24, json.GetProperty("alive")[0].GetInt32());
        Assert.Equal(72, json.GetProperty("per_latent").GetArrayLength());
    }

    [Fact]
    public void Dynamics_follows_the_snapshots_of_trainings()
    {
        foreach (var (training, seed) in new[] { ("a", 1UL), ("b", 2UL) })
        {
            SaeAt(training, seed);
            SaeAt(Path.Combine(training, "snapshots", "step_0"), seed + 10);
            SaeAt(Path.Combine(training, "snapshots", "step_50"), seed);
        }

        var json = Json("dynamics", Path.Combine(_root, "a"), Path.Combine(_root, "b"), "--json");
        var steps = json.GetProperty("steps");
        Assert.Equal([0L, 50L], steps.EnumerateArray().Select(step => step.GetProperty("step").GetInt64()));
        Assert.True(steps[0].GetProperty("to_final_self").GetProperty("mean").GetDouble() < 0.9);
        Assert.Equal(1, steps[1].GetProperty("to_final_self").GetProperty("mean").GetDouble(), 1e-6);
        Assert.True(
            steps[0].GetProperty("between_seeds").GetProperty("levels").GetProperty("same_shape").GetProperty("value").GetDouble() > 0.1);
        AssertBadInput("no snapshots", "dynamics", Path.Combine(_root, "a"), SaeAt("c", 3));

        foreach (var training in new[] { "a", "b" })
        {
            File.WriteAllText(Path.Combine(_root, training, "summary.json"), """{"steps": 80}""");
        }

        var ended = Json("dynamics", Path.Combine(_root, "a"), Path.Combine(_root, "b"), "--json").GetProperty("steps");
        Assert.Equal([0L, 50L, 80L], ended.EnumerateArray().Select(step => step.GetProperty("step").GetInt64()));
        File.WriteAllText(Path.Combine(_root, "b", "summary.json"), "{}");
        AssertBadInput("does not say the number of steps", "dynamics", Path.Combine(_root, "a"), Path.Combine(_root, "b"));
    }

    [Fact]
    public void Chance_is_drawn_over_the_number_of_latents()
    {
        var figures = Path.Combine(_root, "chance");
        Assert.Equal(0, HusaiProcess.Run("chance", "--width", "8", "--latents", "24", "--figures", figures).ExitCode);
        var lines = File.ReadAllLines(Path.Combine(figures, "chance.csv"));
        Assert.Contains(lines, line => line.StartsWith("\"abs cosine, max\",24,", StringComparison.Ordinal));
        Assert.Equal(2 * 6, lines.Count(line => line.Contains("cosine, max", StringComparison.Ordinal)));
        Assert.True(File.Exists(Path.Combine(figures, "chance.svg")));
        var pdf = File.ReadAllBytes(Path.Combine(figures, "chance.pdf"));
        Assert.Equal(0, HusaiProcess.Run("chance", "--width", "8", "--latents", "24", "--figures", figures).ExitCode);
        Assert.Equal(pdf, File.ReadAllBytes(Path.Combine(figures, "chance.pdf")));
    }

    [Fact]
    public void Figures_are_written_into_a_folder_that_holds_nothing_else()
    {
        var figures = Path.Combine(_root, "figures");
        string[] compare = ["compare", "--a", SaeAt("a", 1), SaeAt("b", 2), "--b", SaeAt("c", 3), SaeAt("d", 4), "--figures", figures];
        Assert.Equal(0, HusaiProcess.Run(compare).ExitCode);
        Assert.Equal(
            [
                "README.md", "similarity.csv", "similarity.pdf", "similarity.svg", "stability.csv", "stability.pdf", "stability.svg",
            ],
            Directory.GetFiles(figures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, HusaiProcess.Run(compare).ExitCode);

        File.WriteAllText(Path.Combine(figures, "README.md"), "mine");
        AssertBadInput("is there already and not the description of figures", compare);
        AssertBadInput("holds an SAE already", [.. compare[..^1], SaeAt("a", 1)]);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(figures, "README.md")));
    }

    [Fact]
    public void Stability_says_how_its_pairs_are_spread()
    {
        var json = Json("stability", SaeAt("a", 1), SaeAt("b", 2), SaeAt("c", 3), "--json");
        var pairs = json.GetProperty("pairs");
        Assert.Equal(3, pairs.GetProperty("pairs").GetInt32());
        Assert.InRange(
            json.GetProperty("mean").GetDouble(), pairs.GetProperty("least").GetDouble(), pairs.GetProperty("largest").GetDouble());
        Assert.Equal(0, pairs.GetProperty("share_above_threshold").GetDouble());
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_named()
    {
        var path = SaeAt("a", 1);
        var decoder = new Matrix(24, 16);
        decoder.Fill(1);
        decoder.Row(3)[5] = float.NaN;
        SaeFolder.Save(path, new SavedSae(Sae.TopK(new Matrix(24, 16), decoder, new float[24], new float[16], 4)));
        AssertBadInput("tensor 'W_dec'[3, 5] (counted from 0) is NaN", "stability", path, SaeAt("b", 2));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_document()
    {
        string[] arguments = ["stability", SaeAt("a", 1), SaeAt("b", 2), SaeAt("c", 3), "--json", "--threads"];
        Assert.Equal(HusaiProcess.Run([.. arguments, "1"]).Output, HusaiProcess.Run([.. arguments, "2"]).Output);
    }

    [Fact]
    public void Compare_prints_both_sets_and_the_smallest_p()
    {
        var json = Json("compare", "--a", SaeAt("a", 1), SaeAt("b", 2), "--b", SaeAt("c", 3), SaeAt("d", 4), "--json");
        Assert.Equal(1.0 / 6, json.GetProperty("permutation").GetProperty("smallest_p_greater").GetDouble(), 1e-12);
        Assert.Equal(2, json.GetProperty("a").GetProperty("saes").GetArrayLength());
        Assert.Contains("seed", json.GetProperty("as_published").GetProperty("caution").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_input_is_one_line_and_exit_code_2()
    {
        AssertBadInput("1 SAE", "stability", SaeAt("a", 1));
        AssertBadInput("width 9", "stability", SaeAt("a", 1), SaeAt("narrow", 2, width: 9));
        AssertBadInput("no such folder", "stability", SaeAt("a", 1), Path.Combine(_root, "nowhere"));
        AssertBadInput("not-a-matcher", "stability", SaeAt("a", 1), SaeAt("b", 2), "--matcher", "not-a-matcher");
        AssertBadInput("no such folder", "circuit", "--sae", SaeAt("a", 1), "--checkpoint", Path.Combine(_root, "nowhere"));
        AssertBadInput("--width", "chance", "--width", "1", "--latents", "4");
    }

    private static JsonElement Json(params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private string SaeAt(string name, ulong seed, int latents = 24, int width = 16)
    {
        var encoder = new Matrix(latents, width);
        var decoder = new Matrix(latents, width);
        new RandomStream(seed, "test.encoder").FillNormal(encoder.AsSpan());
        new RandomStream(seed, "test.decoder").FillNormal(decoder.AsSpan());
        var path = Path.Combine(_root, name);
        SaeFolder.Save(path, new SavedSae(Sae.TopK(encoder, decoder, new float[latents], new float[width], 4)));
        return path;
    }
}
