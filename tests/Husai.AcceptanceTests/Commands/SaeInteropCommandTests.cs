using System.Text.Json;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Commands;

public sealed class SaeInteropCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-interop").FullName;

    public SaeInteropCommandTests()
    {
        var weights = new Matrix(12, 6);
        new RandomStream(1, "weights").FillNormal(weights.AsSpan(), 0);
        SaeFolder.Save(Path("ours"), new SavedSae(Sae.TopK(weights, weights.Clone(), new float[12], new float[6], 3)));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("dictionary_learning")]
    [InlineData("sparsify")]
    [InlineData("saelens")]
    public void What_is_exported_imports_as_the_same_weights_and_is_taken_by_other_commands(string layout)
    {
        var exported = Json("sae", "export", Path("ours"), "--to", layout, "--output", Path("theirs"), "--json");
        var imported = Json("sae", "import", Path("theirs"), "--output", Path("back"), "--json");
        var stability = Json("stability", Path("ours"), Path("theirs"), "--allow-equal", "--json");

        Assert.Equal(layout, imported.GetProperty("from").GetString());
        Assert.Equal(exported.GetProperty("weights_hash").GetString(), imported.GetProperty("weights_hash").GetString());
        Assert.Equal(1, stability.GetProperty("mean").GetDouble(), 1e-6);
        Assert.Equal(
            File.ReadAllBytes(System.IO.Path.Combine(Path("ours"), "sae_weights.safetensors")),
            File.ReadAllBytes(System.IO.Path.Combine(Path("back"), "sae_weights.safetensors")));
    }

    [Fact]
    public void What_a_layout_cannot_hold_is_one_line_and_exit_code_2()
    {
        AssertBadInput("TopK", "sae", "export", Path("ours"), "--to", "npz", "--output", Path("x.npz"));
        AssertBadInput("no such file", "sae", "import", Path("nowhere"), "--output", Path("back"));
        AssertBadInput("config.json", "sae", "import", Path("ours"), "--from", "dictionary_learning", "--output", Path("back"));
        Assert.False(Directory.Exists(Path("back")));
    }

    [Fact]
    public void The_only_file_of_weights_in_a_folder_may_have_any_name()
    {
        Directory.CreateDirectory(Path("found"));
        var (wide, narrow) = (new Matrix(6, 12), new Matrix(12, 6));
        SafetensorsFile.Write(Path("found/layer_20.safetensors"),
        [
            NamedTensor.FromMatrix("w_enc", wide), NamedTensor.FromMatrix("w_dec", narrow), NamedTensor.FromVector("b_enc", new float[12]),
            NamedTensor.FromVector("b_dec", new float[6]), NamedTensor.FromVector("threshold", new float[12]),
        ]);

        var imported = Json("sae", "import", Path("found"), "--output", Path("back"), "--json");

        Assert.Equal("gemma_scope_2", imported.GetProperty("from").GetString());
        Assert.Equal(12, imported.GetProperty("latents").GetInt32());
    }

    [Theory]
    [InlineData("dictionary_learning")]
    [InlineData("sparsify")]
    public void What_is_exported_or_imported_takes_the_place_of_nothing_else(string layout)
    {
        string[] Export(string folder) => ["sae", "export", Path("ours"), "--to", layout, "--output", Path(folder)];

        AssertBadInput("holds an SAE in the layout of saelens already", Export("ours"));
        AssertBadInput("is no folder that can be written to", Export("ours/cfg.json"));
        Directory.CreateDirectory(Path("model"));
        foreach (var name in (string[])["config.json", "cfg.json"])
        {
            File.WriteAllText(Path($"model/{name}"), "a transformer's");
        }

        AssertBadInput("of something else", Export("model"));
        Json([.. Export("theirs"), "--json"]);
        Json([.. Export("theirs"), "--json"]);
        AssertBadInput($"holds an SAE in the layout of {layout} already", "sae", "import", Path("theirs"), "--output", Path("theirs"));

        Assert.Equal("a transformer's", File.ReadAllText(Path("model/config.json")));
        Assert.Equal(0, HusaiProcess.Run("sae", "info", Path("ours")).ExitCode);
        Assert.Equal(0, HusaiProcess.Run("sae", "info", Path("theirs")).ExitCode);
    }

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.npz")]
    [InlineData("x.pt")]
    [InlineData("x.safetensors")]
    public void Activations_are_taken_from_each_format(string name)
    {
        var rows = new Matrix(50, 6);
        new RandomStream(2, "rows").FillNormal(rows.AsSpan(), 0);
        var tensor = NamedTensor.FromMatrix("activations", rows);
        switch (System.IO.Path.GetExtension(name))
        {
            case ".npy":
                NumpyFile.Write(Path(name), tensor);
                break;
            case ".npz":
                NumpyArchive.Write(Path(name), [tensor]);
                break;
            case ".pt":
                TorchFile.Write(Path(name), [tensor]);
                break;
            default:
                SafetensorsFile.Write(Path(name), [tensor]);
                break;
        }

        var evaluated = Json("sae", "evaluate", "--sae", Path("ours"), "--activations", Path(name), "--json");

        Assert.Equal(50, evaluated.GetProperty("saes")[0].GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Trackers_write_beside_the_metrics_and_change_no_bit()
    {
        var rows = new Matrix(200, 6);
        new RandomStream(2, "rows").FillNormal(rows.AsSpan(), 0);
        NumpyFile.Write(Path("x.npy"), NamedTensor.FromMatrix("x", rows));
        string[] training = [
            "sae", "train", "--activations", Path("x.npy"), "--set", "k=3", "--set", "epochs=3", "--set", "batch_size=32", "--json",
            "--output"];

        var plain = Json([.. training, Path("plain")]);
        var tracked = Json([.. training, Path("tracked"), "--tracker", "wandb", "--tracker", "tensorboard"]);

        Assert.Equal(plain.GetProperty("weights_hash").GetString(), tracked.GetProperty("weights_hash").GetString());
        Assert.Single(Directory.GetFiles(System.IO.Path.Combine(Path("tracked"), "tensorboard")));
        Assert.Single(Directory.GetFiles(System.IO.Path.Combine(Path("tracked"), "wandb"), "*.wandb", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(System.IO.Path.Combine(Path("plain"), "wandb")));
    }

    private static JsonElement Json(params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private string Path(string name) => System.IO.Path.Combine(_root, name);
}
