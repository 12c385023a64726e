using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.AcceptanceTests.Folders;

/// <summary>No command writes over its own input, over another kind of result, or over a file of the user's.</summary>
public sealed class NothingIsDestroyedTests(NothingIsDestroyedTests.Results results) : IClassFixture<NothingIsDestroyedTests.Results>
{
    [Fact]
    public void An_import_over_a_training_is_refused() =>
        Refused("trained: holds a training already (resume.safetensors)", "sae", "import", Path("foreign"), "--output", Path("trained"));

    [Fact]
    public void An_export_over_a_training_is_refused() =>
        Refused(
            "trained: holds a training already (resume.safetensors)", "sae", "export", Path("finished"), "--to", "saelens", "--output",
            Path("trained"));

    [Fact]
    public void An_export_into_its_own_folder_is_refused_be_it_by_a_link()
    {
        Directory.CreateSymbolicLink(Path("link"), Path("finished"));
        Refused("finished: is the input", "sae", "export", Path("finished"), "--to", "saelens", "--output", Path("finished"));
        Refused("link: is the input", "sae", "export", Path("finished"), "--to", "saelens", "--output", Path("link"));
    }

    [Fact]
    public void An_export_or_import_into_a_model_is_refused()
    {
        Refused("model: holds a training already", "sae", "import", Path("foreign"), "--output", Path("model"));
        Refused("model: holds a", "sae", "export", Path("finished"), "--to", "sparsify", "--output", Path("model"));
        Refused(
            "model.safetensors: is there already", "sae", "export", Path("finished"), "--to", "npz", "--output",
            Path("model/model.safetensors"));
    }

    [Fact]
    public void An_extraction_onto_the_model_or_any_other_file_is_refused_and_onto_an_earlier_one_not()
    {
        Refused("model.safetensors: is there already and not activations", Extract("model/model.safetensors"));
        Refused("x.npy: is there already and not activations", Extract("x.npy"));
        File.WriteAllText(Path("new.npy.json"), "{\"mine\": 1}");
        Refused("new.npy.json: is there already and not the description", Extract("new.npy"));
        File.WriteAllText(Path("acts.safetensors.json"), "{\"mine\": 1}");
        foreach (var name in (string[])["acts.npy", "acts.safetensors"])
        {
            Done(Extract(name));
            Done(Extract(name));
        }
    }

    [Fact]
    public void A_transformer_is_not_trained_onto_an_SAE_or_weights_without_a_state()
    {
        string[] Transformer(string folder, params string[] more) =>
            ["transformer", "train", "--config", Path("t.yaml"), "--output", Path(folder), .. more];
        Refused("finished: holds an SAE", Transformer("finished", "--resume"));
        Refused("trained: holds a", Transformer("trained", "--resume"));
        Refused("finished: holds an SAE", Transformer("finished"));
        Refused("model: holds a training already", Transformer("model"));
        Directory.CreateDirectory(Path("weights"));
        File.Copy(Path("model/model.safetensors"), Path("weights/model.safetensors"));
        Refused(
            "weights: holds a model.safetensors, but no resume.safetensors, so no transformer training can be resumed there",
            Transformer("weights", "--resume"));
        Done(Transformer("model", "--resume"));
    }

    [Fact]
    public void An_SAE_is_not_trained_onto_other_results_or_weights_without_a_state()
    {
        Refused("foreign: holds an SAE of dictionary_learning", Train("foreign"));
        Refused("foreign: holds an SAE of dictionary_learning", Train("foreign", "--resume"));
        Refused("model: holds a", Train("model"));
        Refused("model: holds a", Train("model", "--resume"));
        Refused(
            "finished: holds a sae_weights.safetensors, but no resume.safetensors, so no SAE training can be resumed there",
            Train("finished", "--resume"));
        foreach (var name in (string[])["options.json", "sae_weights.safetensors", "cfg.json"])
        {
            Directory.CreateDirectory(Path("stateless"));
            File.Copy(Path($"trained/{name}"), Path($"stateless/{name}"));
        }

        Refused(
            "stateless: holds a sae_weights.safetensors, but no resume.safetensors, so no SAE training can be resumed there",
            Train("stateless", "--resume"));
        Directory.CreateDirectory(Path("own/snapshots"));
        File.WriteAllText(Path("own/snapshots/notes.txt"), "mine");
        Refused("own: holds a training's snapshots already", Train("own"));
        Done(Train("trained", "--resume"));
    }

    private string[] Train(string folder, params string[] more) => [.. results.Train(folder), .. more];

    private string[] Extract(string file) => ["activations", "extract", "--checkpoint", Path("model"), "--output", Path(file)];

    private static void Done(params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);
        Assert.True(result.ExitCode == 0, string.Join(' ', arguments) + result.Error);
    }

    // One line, exit code 2, and not a byte of what there was has changed.
    private void Refused(string reason, params string[] arguments)
    {
        var before = Everything();
        var result = HusaiProcess.Run(arguments);
        Assert.True(
            result.ExitCode == 2 && result.Error.Contains(reason, StringComparison.Ordinal), $"{reason}: {result.ExitCode} {result.Error}");
        Assert.Single(result.Error.Split('\n')[..^1]);
        Assert.Equal(before, Everything());
    }

    private List<(string, string)> Everything() =>
        [.. Directory.GetFiles(Path(""), "*", SearchOption.AllDirectories).Order().Select(file => (file, ContentHash.OfFile(file)))];

    private string Path(string name) => results.Path(name);

    /// <summary>One folder of each kind.</summary>
    public sealed class Results : IDisposable
    {
        private const string Transformer =
            """
            task: {modulus: 7}
            model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 16}
            training: {epochs: 10, train_fraction: 0.8, checkpoint_every: 5}
            """;

        private readonly string _root = Directory.CreateTempSubdirectory("husai-guard").FullName;

        public Results()
        {
            var rows = new Matrix(200, 6);
            new RandomStream(2, "rows").FillNormal(rows.AsSpan(), 0);
            NumpyFile.Write(Path("x.npy"), NamedTensor.FromMatrix("x", rows));
            File.WriteAllText(Path("t.yaml"), Transformer);
            Done("transformer", "train", "--config", Path("t.yaml"), "--output", Path("model"));
            Done(Train("trained"));
            Done("sae", "export", Path("trained"), "--to", "saelens", "--output", Path("finished"));
            Done("sae", "export", Path("trained"), "--to", "dictionary_learning", "--output", Path("foreign"));
        }

        public void Dispose() => Directory.Delete(_root, recursive: true);

        public string Path(string name) => System.IO.Path.Combine(_root, name);

        public string[] Train(string folder) =>
        [
            "sae", "train", "--activations", Path("x.npy"), "--output", Path(folder), "--set", "architecture=jumprelu", "--set",
            "latents=16",
            "--set", "epochs=3", "--set", "batch_size=32", "--threads", "1",
        ];
    }
}
