using System.Text.Json;

namespace Husai.AcceptanceTests.Commands;

/// <summary>SAEs whose trainings began at the same weights are refused a kappa, whatever they were trained on.</summary>
public sealed class SharedStartCommandTests : IDisposable
{
    private const string Sentence = "The seeds share their initial weights: their similarity says nothing about what training finds";

    private readonly string _root = Directory.CreateTempSubdirectory("husai-shared-start").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void One_seed_on_two_transformers_is_refused_a_kappa()
    {
        var configuration = Path.Combine(_root, "t.yaml");
        File.WriteAllText(
            configuration,
            "{task: {modulus: 7}, model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 16}, training: {epochs: 10, "
                + "train_fraction: 0.8}}");
        foreach (var model in (string[])["1", "2"])
        {
            Run("transformer", "train", "--config", configuration, "--seed", model, "--output", Path.Combine(_root, "model" + model));
            Train("one-seed-" + model, "--checkpoint", Path.Combine(_root, "model" + model), "--seed", "5");
            Train("own-seed-" + model, "--checkpoint", Path.Combine(_root, "model" + model), "--seed", model);
        }

        RequireRefused("one-seed-1", "one-seed-2");
        var others = Stability("own-seed-1", "own-seed-2");
        Assert.Equal(JsonValueKind.Object, others.GetProperty("kappa").ValueKind);
        Assert.Empty(others.GetProperty("shared_starts").EnumerateArray());
    }

    [Fact]
    public void One_seed_with_the_rows_in_another_order_is_refused_a_kappa()
    {
        var rows = Path.Combine(_root, "rows.npy");
        var reversed = Path.Combine(_root, "reversed.npy");
        var values = new Numerics.Matrices.Matrix(300, 16);
        new Numerics.Randomness.RandomStream(3, "test.shared_start").FillNormal(values.AsSpan());
        var inReverse = new Numerics.Matrices.Matrix(values.Rows, values.Columns);
        for (var row = 0; row < values.Rows; row++)
        {
            values.Row(row).CopyTo(inReverse.Row(values.Rows - 1 - row));
        }

        Formats.Numpy.NumpyFile.Write(rows, Formats.Tensors.NamedTensor.FromMatrix("activations", values));
        Formats.Numpy.NumpyFile.Write(reversed, Formats.Tensors.NamedTensor.FromMatrix("activations", inReverse));
        Train("first", "--activations", rows, "--seed", "5");
        Train("second", "--activations", reversed, "--seed", "5");
        RequireRefused("first", "second");
        var compared = Run("compare", "--a", SaeAt("first"), SaeAt("first-again"), "--b", SaeAt("second"), SaeAt("second-again"), "--json");
        Assert.NotEmpty(compared.GetProperty("shared_starts").EnumerateArray());

        string SaeAt(string name)
        {
            var path = Path.Combine(_root, name);
            if (!Directory.Exists(path))
            {
                Train(name, "--activations", name.StartsWith("first", StringComparison.Ordinal) ? rows : reversed, "--seed", "6");
            }

            return path;
        }
    }

    private void RequireRefused(string first, string second)
    {
        var refused = Stability(first, second);
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("kappa").ValueKind);
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("kappa_turned").ValueKind);
        Assert.Equal(1, refused.GetProperty("verdict").GetInt32());
        Assert.Equal(Sentence, refused.GetProperty("sentence").GetString());
    }

    private JsonElement Stability(string first, string second) =>
        Run("stability", Path.Combine(_root, first), Path.Combine(_root, second), "--json");

    private void Train(string name, params string[] arguments) => Run(
        [
            "sae", "train", .. arguments, "--output", Path.Combine(_root, name), "--set", "latents=32", "--set", "k=4", "--set", "epochs=3",
            "--set", "batch_size=16", "--json"]);

    private static JsonElement Run(params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.StartsWith('{') ? JsonDocument.Parse(result.Output).RootElement : default;
    }
}
