using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.AcceptanceTests.Folders;

/// <summary>Every command that writes into a folder of results keeps out of one in which another process works.</summary>
public sealed class FoldersInUseTests : IDisposable
{
    private const string Transformer =
        """
        task: {modulus: 7}
        model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 16}
        training: {epochs: 10, train_fraction: 0.8, checkpoint_every: 5}
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("husai-in-use").FullName;

    public FoldersInUseTests()
    {
        var rows = new Matrix(200, 6);
        new RandomStream(2, "rows").FillNormal(rows.AsSpan(), 0);
        NumpyFile.Write(Path("x.npy"), NamedTensor.FromMatrix("x", rows));
        File.WriteAllText(Path("t.yaml"), Transformer);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void No_command_writes_into_a_folder_in_use_even_if_the_lock_file_is_deleted_and_file_locks_are_off()
    {
        Run(0, "transformer", "train", "--config", Path("t.yaml"), "--output", Path("model"));
        Run(0, [.. Training("sae")]);
        using (FolderLock.Take(Path("busy")))
        {
            string[][] commands =
            [
                [.. Training("busy")],
                [.. Training("busy"), "--resume"],
                ["transformer", "train", "--config", Path("t.yaml"), "--output", Path("busy")],
                ["transformer", "train", "--config", Path("t.yaml"), "--output", Path("busy"), "--resume"],
                ["sae", "export", Path("sae"), "--to", "saelens", "--output", Path("busy")],
                ["sae", "import", Path("sae"), "--output", Path("busy")],
            ];
            foreach (var command in commands)
            {
                File.Delete(Path("busy/lock"));
                var result = HusaiProcess.RunWith(
                    new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" }, command);
                Assert.True(
                    result.ExitCode == 1 && result.Error.Contains("busy: in use by another run", StringComparison.Ordinal),
                    string.Join(' ', command) + result.Error);
            }

            Assert.All(Directory.GetFiles(Path("busy")), file => Assert.EndsWith("lock", file, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_killed_training_leaves_a_lock_that_keeps_nobody_out()
    {
        using var process = HusaiProcess.Start([.. Training("killed"), "--set", "epochs=100000", "--set", "checkpoint_every=20"]);
        process.WaitUntil(() => File.Exists(Path("killed/resume.safetensors")));
        process.Kill();
        process.Wait();
        Assert.Contains("\"process_id\"", File.ReadAllText(Path("killed/lock")), StringComparison.Ordinal);
        File.WriteAllText(Path("killed/cfg.json.123-4.tmp"), "half");
        Run(2, [.. Training("killed"), "--resume", "--set", "epochs=2"]);
        Assert.Empty(Directory.GetFiles(_root, "*.tmp", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path("killed/lock")));
    }

    private string[] Training(string folder) =>
    [
        "sae", "train", "--activations", Path("x.npy"), "--output", Path(folder), "--set", "k=3", "--set", "latents=16", "--set",
        "epochs=3",
        "--set", "batch_size=32", "--threads", "1",
    ];

    private static HusaiResult Run(int exitCode, params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);
        Assert.True(result.ExitCode == exitCode, result.Error);
        return result;
    }

    private string Path(string name) => System.IO.Path.Combine(_root, name);
}
