using System.Text.Json;
using Husai.Cli.Hosting;
using Husai.Experiments.Latents;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Networks;

/// <summary>What the latents of an SAE fire on, from the command line.</summary>
public sealed class LatentsCommandTests(LatentsCommandTests.TrainedSae trained) : IClassFixture<LatentsCommandTests.TrainedSae>, IDisposable
{
    private readonly string _root = trained.Copy();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Profiles_have_the_tokens_of_their_text_and_the_same_bytes_on_any_threads()
    {
        var document = Succeed("latents", At("sae"), "--store", At("store"), "--threads", "1", "--json");
        Assert.Equal(32, document.GetProperty("latents").GetInt32());
        var folder = LatentFolder.Open(At("sae", "latents"));
        var letters = File.ReadAllLines(At("text.txt"));
        var best = document.GetProperty("most_active")[0];
        var profile = folder.Read(best.GetProperty("latent").GetInt32())!;
        Assert.Equal(10, profile.Top.Count);
        Assert.All(profile.Top, excerpt => Assert.Equal(
            letters[excerpt.Document!.Value].Split(' ')[excerpt.Position!.Value], excerpt.Tokens![excerpt.Peak]));
        Assert.Contains($"[{profile.Top[0].Tokens![profile.Top[0].Peak]}]", best.GetProperty("excerpt").GetString()!);

        Succeed("latents", At("sae"), "--store", At("store"), "--threads", "4", "--output", At("other"));
        Assert.Equal(Contents(At("sae", "latents")), Contents(At("other")));
    }

    [Fact]
    public void Some_latents_can_be_asked_about_and_earlier_profiles_are_not_replaced_unasked()
    {
        Succeed("latents", At("sae"), "--store", At("store"), "--latents", "3,7-9", "--top", "2", "--samples", "1", "--context", "1");
        var folder = LatentFolder.Open(At("sae", "latents"));
        Assert.Equal([3, 7, 8, 9], folder.Index.Latents.Select(entry => entry.Latent));
        Assert.All(folder.Read(7)!.Top, excerpt => Assert.InRange(excerpt.Tokens!.Count, 1, 3));
        string[] again = ["latents", At("sae"), "--store", At("store")];
        AssertBadInput("--force replaces them", again);
        Succeed([.. again, "--force"]);
        Assert.Equal(32, LatentFolder.Open(At("sae", "latents")).Index.Latents.Count);
    }

    [Fact]
    public void Rows_of_an_array_have_their_number_and_those_of_arithmetic_their_inputs()
    {
        NumpyFile.Write(At("rows.npy"), NamedTensor.FromMatrix("activations", Rows()));
        Train(At("rows.npy"), At("plain"));
        var shown = HusaiProcess.Run("latents", At("plain"), "--store", At("rows.npy"));
        Assert.Equal(ExitCode.Success, shown.ExitCode);
        Assert.Contains("row ", shown.Output, StringComparison.Ordinal);

        File.WriteAllText(At("rows.npy.json"), """{"task": "addition", "modulus": "7", "position": "2", "row_order": "a * p + b"}""");
        Succeed("latents", At("plain"), "--store", At("rows.npy"), "--output", At("sums"), "--latents", "0-31");
        var folder = LatentFolder.Open(At("sums"));
        Assert.All(folder.Index.Latents.Select(entry => folder.Read(entry.Latent)!).SelectMany(profile => profile.Top), excerpt =>
            Assert.Equal([(int)excerpt.Row / 7, (int)excerpt.Row % 7], excerpt.Inputs!));
    }

    [Fact]
    public void What_cannot_be_used_is_told_of_in_one_line_and_leaves_nothing()
    {
        void AssertNothing(string message, params string[] options)
        {
            AssertBadInput(message, ["latents", At("sae"), "--output", At("nothing"), .. options]);
            Assert.False(Directory.Exists(At("nothing")));
        }

        AssertNothing("--latents names latent 32, but the SAE has the latents 0 to 31", "--store", At("store"), "--latents", "0-32");
        AssertNothing("where latents such as 0,5,10-20 are needed", "--store", At("store"), "--latents", "9-3");
        AssertNothing("is no activation store", "--store", _root);
        NumpyFile.Write(At("wide.npy"), NamedTensor.FromMatrix("activations", new Matrix(4, 9)));
        AssertNothing("takes rows of width 8, but the activations are [4, 9]", "--store", At("wide.npy"));
        File.WriteAllLines(At("other.txt"), File.ReadLines(At("vocab.txt")).Append("more"));
        AssertNothing("is another tokenizer than", "--store", At("store"), "--tokenizer", At("other.txt"));
        AssertBadInput("holds an SAE", "latents", At("sae"), "--store", At("store"), "--output", At("sae"));
        var shard = At("store", "shard-00000.safetensors");
        File.WriteAllBytes(shard, File.ReadAllBytes(shard)[..^500]);
        AssertNothing("shard-00000.safetensors", "--store", At("store"));
    }

    [Fact]
    public void What_is_killed_leaves_earlier_profiles_whole()
    {
        string[] command = ["latents", At("sae"), "--store", At("store"), "--force"];
        Succeed(command);
        var due = Contents(At("sae", "latents"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Succeed(command);
        var time = clock.Elapsed;
        foreach (var attempt in (int[])[5, 6, 7])
        {
            using var process = HusaiProcess.Start(command);
            if (!process.WaitForExit(time * attempt / 8))
            {
                process.Kill();
            }

            process.WaitForExit(TimeSpan.FromMinutes(1));
            Assert.NotNull(LatentFolder.Open(At("sae", "latents")).Read(5));
        }

        Succeed(command);
        Assert.Equal(due, Contents(At("sae", "latents")));
    }

    private static Matrix Rows()
    {
        var rows = new Matrix(49, 8);
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var column = 0; column < rows.Columns; column++)
            {
                rows[row, column] = (row * 31 + column * 17) % 13 - 6;
            }
        }

        return rows;
    }

    private static IEnumerable<(string? Name, string Content)> Contents(string folder) =>
        [.. Directory.GetFiles(folder).Order().Select(path => (Path.GetFileName(path), File.ReadAllText(path)))];

    private static JsonElement Succeed(params string[] arguments)
    {
        var result = HusaiProcess.Run([.. arguments.Contains("--json") ? arguments : [.. arguments, "--json"]]);
        return result.ExitCode == ExitCode.Success
            ? JsonDocument.Parse(result.Output).RootElement : throw new InvalidOperationException(result.Error);
    }

    private string At(params string[] names) => Path.Combine([_root, .. names]);

    private static void Train(string activations, string output) => Succeed(
        "sae", "train", "--activations", activations, "--set", "k=4", "--set", "expansion_factor=4", "--set", "epochs=1", "--seed", "1",
        "--output", output);

    /// <summary>A store and an SAE on it, made once; each test has a copy of its own.</summary>
    public sealed class TrainedSae : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("husai-latents").FullName;

        public TrainedSae()
        {
            string At(string name) => Path.Combine(_root, name);
            TinyNetworkFiles.Write(_root, lines: 300);
            Succeed(
                "activations", "extract", "--model", At("tiny.onnx"), "--text", At("text.txt"), "--site", "resid_post.0", "--context",
                "9", "--shard-rows", "300", "--output", At("store"));
            Train(At("store"), At("sae"));
        }

        public string Copy()
        {
            var copy = Directory.CreateTempSubdirectory("husai-latents").FullName;
            foreach (var path in Directory.GetFiles(_root, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(_root, path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(path, target);
            }

            return copy;
        }

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
