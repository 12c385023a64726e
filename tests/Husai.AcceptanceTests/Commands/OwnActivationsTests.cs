using System.Text.Json;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Commands;

/// <summary>SAEs of any network: activations in a file in place of a model.</summary>
public sealed class OwnActivationsTests : IDisposable
{
    private const int Latents = 24;
    private const int Dead = 4;
    private const int Width = 16;
    private readonly string _root = Directory.CreateTempSubdirectory("husai-activations").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Dead_latents_and_the_correlation_of_activations_come_from_the_file()
    {
        string[] command = ["stability", SaeAt("a", 1), SaeAt("b", 2), SaeAt("c", 3), "--json"];
        var without = HusaiProcess.Run(command);
        Assert.Contains("sparsity.safetensors", without.Error, StringComparison.Ordinal);
        Assert.Contains("--activations", without.Error, StringComparison.Ordinal);
        Assert.Equal(Latents, Document(without).GetProperty("alive")[0].GetInt32());

        var file = Path.Combine(_root, "latents.csv");
        var with = HusaiProcess.Run([.. command, "--activations", Activations("rows.npy"), "--per-latent", file]);
        var json = Document(with);
        Assert.All(json.GetProperty("alive").EnumerateArray(), alive => Assert.Equal(Latents - Dead, alive.GetInt32()));
        var agreement = json.GetProperty("activation_similarity");
        Assert.Equal(600, agreement.GetProperty("rows").GetInt32());
        Assert.True(agreement.GetProperty("turned").GetProperty("draws").GetInt32() >= 8);
        Assert.Equal(JsonValueKind.Null, agreement.GetProperty("untrained").ValueKind);

        var lines = File.ReadAllLines(file);
        Assert.Equal(
            "sae,latent,firing_frequency,stability,stability_low,stability_high,mean_cosine,"
                + "partner_1,cosine_1,partner_2,cosine_2,partner_3,cosine_3",
            lines[0]);
        Assert.Equal(1 + 3 * (Latents - Dead), lines.Length);
        var first = lines[1].Split(',');
        Assert.Equal([Path.Combine(_root, "a"), "0"], first[..2]);
        Assert.InRange(double.Parse(first[2], System.Globalization.CultureInfo.InvariantCulture), 1e-3, 1);
        Assert.Equal(["", ""], first[7..9]);
        Assert.InRange(double.Parse(first[10], System.Globalization.CultureInfo.InvariantCulture), -1, 1);

        // Bits do not depend on threads, and a file of the other format holds the same rows.
        Assert.Equal(
            with.Output, HusaiProcess.Run([.. command, "--activations", Activations("rows.safetensors"), "--threads", "1"]).Output);
    }

    [Fact]
    public void The_table_of_latents_takes_the_place_of_nothing_else()
    {
        var input = Activations("rows.npy");
        var bytes = File.ReadAllBytes(input);
        string[] command = ["stability", SaeAt("a", 1), SaeAt("b", 2), "--per-latent"];

        var over = HusaiProcess.Run([.. command, input]);

        Assert.Equal(ExitCode.BadInput, over.ExitCode);
        Assert.Contains("rows.npy: is there already and not a table of latents", over.Error, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(input));
        var file = Path.Combine(_root, "table.csv");
        Assert.Equal(ExitCode.Success, HusaiProcess.Run([.. command, file]).ExitCode);
        Assert.Equal(ExitCode.Success, HusaiProcess.Run([.. command, file]).ExitCode);
    }

    [Fact]
    public void A_value_that_is_no_choice_is_named_with_its_option_and_the_choices()
    {
        var result = HusaiProcess.Run("stability", SaeAt("a", 1), SaeAt("b", 2), "--matcher", "best");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains(
            "husai: --matcher is 'best' where one of max, hungarian, mutual-nn, greedy is needed\n",
            result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_and_dynamics_take_them_too()
    {
        var file = Activations("rows.npy");
        var compared = HusaiProcess.Run(
            "compare", "--a", SaeAt("a", 1), SaeAt("b", 2), "--b", SaeAt("c", 3), SaeAt("d", 4), "--activations", file, "--json");
        Assert.Equal(2, Document(compared).GetProperty("a").GetProperty("saes").GetArrayLength());
        foreach (var (training, seed) in new[] { ("e", 5UL), ("f", 6UL) })
        {
            SaeAt(training, seed);
            SaeAt(Path.Combine(training, "snapshots", "step_0"), seed + 10);
        }

        var dynamics = Document(
            HusaiProcess.Run("dynamics", Path.Combine(_root, "e"), Path.Combine(_root, "f"), "--activations", file, "--json"));
        Assert.Equal(Latents - Dead, dynamics.GetProperty("steps")[0].GetProperty("alive")[0].GetInt32());
    }

    [Fact]
    public void A_number_of_rows_holds_for_a_model_as_it_does_for_a_file()
    {
        var (configuration, model, rows) = (Path.Combine(_root, "t.yaml"), Path.Combine(_root, "model"), Path.Combine(_root, "model.npy"));
        File.WriteAllText(
            configuration,
            "{task: {modulus: 7}, model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 16}, "
            + "training: {epochs: 10, train_fraction: 0.8}}");
        Assert.Equal(0, HusaiProcess.Run("transformer", "train", "--config", configuration, "--output", model).ExitCode);
        var extracted = HusaiProcess.Run(
            "activations", "extract", "--checkpoint", model, "--site", "resid_post", "--layer", "0", "--output", rows);
        Assert.Equal(0, extracted.ExitCode);
        string[] command = ["stability", SaeAt("a", 1), SaeAt("b", 2), SaeAt("c", 3), "--json"];
        string[] ofModel = ["--checkpoint", model, "--site", "resid_post", "--layer", "0"];

        var some = HusaiProcess.Run([.. command, .. ofModel, "--activation-rows", "30"]);

        Assert.Contains("has 49 rows; 30 of them at random are used", some.Error, StringComparison.Ordinal);
        Assert.Equal(30, Document(some).GetProperty("activation_similarity").GetProperty("rows").GetInt32());
        var ofFile = HusaiProcess.Run([.. command, "--activations", rows, "--activation-rows", "30"]);
        var all = HusaiProcess.Run([.. command, .. ofModel]);
        foreach (var key in (string[])["alive", "kappa_turned", "levels", "activation_similarity"])
        {
            Assert.Equal(Text(ofFile, key), Text(some, key));
            Assert.True(key == "alive" || Text(all, key) != Text(some, key), key);
        }

        AssertBadInput(
            "--activation-rows needs activations: give --checkpoint DIR or --activations PATH too",
            [.. command, "--activation-rows", "30"]);

        static string Text(HusaiResult result, string key) => Document(result).GetProperty(key).GetRawText();
    }

    [Fact]
    public void What_does_not_fit_is_one_line_and_exit_code_2()
    {
        var saes = new[] { "stability", SaeAt("a", 1), SaeAt("b", 2) };
        AssertBadInput("width 16", [.. saes, "--activations", Activations("narrow.npy", width: 9)]);
        AssertBadInput("--checkpoint", [.. saes, "--activations", Activations("rows.npy"), "--checkpoint", _root]);
        AssertBadInput("row 77", [.. saes, "--activations", Activations("broken.npy", damagedRow: 77)]);
        AssertBadInput("nowhere.npy", [.. saes, "--activations", Path.Combine(_root, "nowhere.npy")]);
    }

    private static JsonElement Document(HusaiResult result)
    {
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private string Activations(string name, int width = Width, int damagedRow = -1)
    {
        var rows = new Matrix(600, width);
        new RandomStream(7, "test.rows").FillNormal(rows.AsSpan());
        if (damagedRow >= 0)
        {
            rows[damagedRow, 0] = float.PositiveInfinity;
        }

        var path = Path.Combine(_root, name);
        if (name.EndsWith(".npy", StringComparison.Ordinal))
        {
            NumpyFile.Write(path, NamedTensor.FromMatrix("activations", rows));
        }
        else
        {
            SafetensorsFile.Write(path, [NamedTensor.FromMatrix("activations", rows)]);
        }

        return path;
    }

    // The last latents have a bias that nothing overcomes.
    private string SaeAt(string name, ulong seed)
    {
        var encoder = new Matrix(Latents, Width);
        var decoder = new Matrix(Latents, Width);
        new RandomStream(seed, "test.encoder").FillNormal(encoder.AsSpan());
        new RandomStream(seed, "test.decoder").FillNormal(decoder.AsSpan());
        float[] bias = [.. Enumerable.Range(0, Latents).Select(latent => latent < Latents - Dead ? 0f : -1000f)];
        var path = Path.Combine(_root, name);
        SaeFolder.Save(path, new SavedSae(Sae.Standard(encoder, decoder, bias, new float[Width])));
        return path;
    }
}
