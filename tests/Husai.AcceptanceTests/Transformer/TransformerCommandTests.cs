using System.Text.Json;

namespace Husai.AcceptanceTests.Transformer;

public sealed class TransformerCommandTests : IDisposable
{
    // Small enough for seconds; large enough that a kill hits it at work.
    private const string Small = """
        task: { modulus: 11 }
        model: { model_width: 32, heads: 2, head_width: 16, mlp_width: 64 }
        training: { epochs: 400, evaluate_every: 20, checkpoint_every: 40, clean_up_epochs: 0, train_fraction: 0.7 }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("husai-acceptance-");

    public TransformerCommandTests() => File.WriteAllText(Path("small.yaml"), Small);

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Training_inspecting_and_extracting_report_what_they_promise()
    {
        var trained = Json(Train("run"));
        var inspected = Json(HusaiProcess.Run("transformer", "inspect", "--checkpoint", Path("run"), "--json"));
        var extracted = Json(HusaiProcess.Run(
            "activations", "extract", "--checkpoint", Path("run"), "--layer", "0", "--site", "mlp_hidden", "--position", "read",
            "--output", Path("acts.npy"), "--json"));

        string[] training =
        [
            "checkpoint", "steps", "grokked", "grok_step", "train_accuracy", "test_accuracy", "test_loss", "weights_hash",
            "steps_per_second",
        ];
        string[] inspection =
        [
            "test_accuracy", "test_loss", "key_frequencies", "embedding_key_share", "logit_sum_share", "logit_cosine_fve",
            "restricted_loss", "excluded_loss", "neurons_single_frequency", "weights_hash",
        ];
        Assert.All(training, key => Assert.True(trained.TryGetProperty(key, out _), key));
        Assert.All(inspection, key => Assert.True(inspected.TryGetProperty(key, out _), key));
        Assert.Equal(Hash(trained), Hash(inspected));
        Assert.Equal(400, trained.GetProperty("steps").GetInt32());
        Assert.Equal(121, extracted.GetProperty("rows").GetInt32());
        Assert.Equal(64, extracted.GetProperty("width").GetInt32());
        Assert.Contains(Hash(trained), File.ReadAllText(Path("acts.npy.json")), StringComparison.Ordinal);
        Assert.Equal(21, File.ReadAllLines(Path("run", "metrics.jsonl")).Length);
    }

    [Fact]
    public void The_gate_returns_3_for_a_model_that_has_learnt_nothing()
    {
        Train("run", "--epochs", "1");

        Assert.Equal(3, HusaiProcess.Run("transformer", "inspect", "--checkpoint", Path("run"), "--gate").ExitCode);
        Assert.Equal(0, HusaiProcess.Run("transformer", "inspect", "--checkpoint", Path("run")).ExitCode);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public void Bits_do_not_depend_on_threads_or_instructions(string variable)
    {
        var expected = Hash(Json(Train("alone", "--epochs", "60", "--threads", "1")));

        Assert.Equal(expected, Hash(Json(Train("two", "--epochs", "60", "--threads", "2"))));
        var narrow = HusaiProcess.RunWith(
            new Dictionary<string, string> { [variable] = "0" }, Arguments("narrow", "--epochs", "60"));
        Assert.Equal(expected, Hash(Json(narrow)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void A_killed_training_resumes_to_the_same_bits(int evaluations)
    {
        var expected = Hash(Json(Train("whole")));
        using (var process = HusaiProcess.Start(Arguments("killed")))
        {
            process.WaitUntil(() => Lines("killed") > evaluations);
            process.Kill();
        }

        Assert.Equal(expected, Hash(Json(Train("killed", "--resume"))));
        Assert.Equal(File.ReadAllBytes(Path("whole", "metrics.jsonl")), File.ReadAllBytes(Path("killed", "metrics.jsonl")));
    }

    [Fact]
    public void A_terminated_training_leaves_its_state_and_resumes_to_the_same_bits()
    {
        var expected = Hash(Json(Train("whole")));
        var process = HusaiProcess.Start(Arguments("stopped"));
        process.WaitUntil(() => Lines("stopped") > 3);
        process.Terminate();
        var stopped = process.Wait();

        Assert.Equal(143, stopped.ExitCode);
        Assert.True(File.Exists(Path("stopped", "resume.safetensors")));
        Assert.Equal(expected, Hash(Json(Train("stopped", "--resume"))));
    }

    [Fact]
    public void Restarts_are_told_by_every_command_that_speaks_of_the_training()
    {
        string[] restarting =
        [
            "--epochs", "40", "--set", "training.clean_up_until_gate=true", "--set", "training.clean_up_epochs=20", "--set",
            "training.restarts=2", "--set", "training.restart_after=20",
        ];
        var trained = Json(Train("run", restarting));
        var inspected = Json(HusaiProcess.Run("transformer", "inspect", "--checkpoint", Path("run"), "--json"));
        var text = HusaiProcess.Run("transformer", "inspect", "--checkpoint", Path("run")).Output;
        var without = Json(Train("plain", "--epochs", "1"));

        Assert.Equal(2, trained.GetProperty("restarts").GetInt32());
        Assert.Equal(40, trained.GetProperty("epochs").GetInt32());
        Assert.Equal(2, inspected.GetProperty("restarts").GetInt32());
        Assert.Matches("restarts +2", text);
        Assert.Equal(0, without.GetProperty("restarts").GetInt32());
        var metrics = File.ReadAllLines(Path("run", "metrics.jsonl"));
        Assert.Equal(
            [(0, 0), (0, 20), (1, 0), (1, 20), (2, 0), (2, 20), (2, 40)],
            metrics.Select(line => JsonDocument.Parse(line).RootElement).Select(record => (
                record.TryGetProperty("restarts", out var restarts) ? restarts.GetInt32() : 0, record.GetProperty("epoch").GetInt32())));
    }

    [Fact]
    public void Restarts_without_the_gate_are_refused_at_their_line()
    {
        File.WriteAllText(Path("small.yaml"), Small.Replace("clean_up_epochs: 0", "restarts: 1", StringComparison.Ordinal));
        var result = Train("run");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("small.yaml:3", result.Error, StringComparison.Ordinal);
        Assert.Contains("set clean_up_until_gate to true", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path("run")));
    }

    [Fact]
    public void A_second_training_in_one_folder_is_refused()
    {
        Train("run", "--epochs", "1");
        var second = Train("run", "--epochs", "1");

        Assert.Equal(2, second.ExitCode);
        Assert.Contains("holds a training already", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_a_configuration_are_named_at_once()
    {
        File.WriteAllText(Path("small.yaml"), """
            task: { modulus: 600 }
            model: { layer: 2, heads: four }
            """);
        var result = Train("run");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(3, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("small.yaml:1", result.Error, StringComparison.Ordinal);
        Assert.Contains("layers", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path("run")));
    }

    [Theory]
    [InlineData("mod113_1layer.yaml")]
    [InlineData("mod113_2layer.yaml")]
    [InlineData("leaked_2layer.yaml")]
    [InlineData("mod113_quick.yaml")]
    public void The_shipped_configurations_are_valid(string name)
    {
        var configuration = System.IO.Path.Combine(AppContext.BaseDirectory, "configs", "transformer", name);
        var result = HusaiProcess.Run(
            "transformer", "train", "--config", configuration, "--epochs", "1", "--set", "training.train_fraction=0.01",
            "--output", Path("run"), "--json");

        Assert.Equal(1, Json(result).GetProperty("epochs").GetInt32());
    }

    [Fact]
    public void A_checkpoint_that_is_none_is_a_one_line_error()
    {
        var result = HusaiProcess.Run("transformer", "inspect", "--checkpoint", Path("nowhere"));

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Hash(JsonElement document) => document.GetProperty("weights_hash").GetString()!;

    private static JsonElement Json(HusaiResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private string Path(params string[] names) => System.IO.Path.Combine([_directory.FullName, .. names]);

    private HusaiResult Train(string folder, params string[] further) => HusaiProcess.Run(Arguments(folder, further));

    private string[] Arguments(string folder, params string[] further) =>
        ["transformer", "train", "--config", Path("small.yaml"), "--output", Path(folder), "--json", .. further];

    private int Lines(string folder)
    {
        var file = Path(folder, "metrics.jsonl");
        if (!File.Exists(file))
        {
            return 0;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Count(character => character == '\n');
    }
}
