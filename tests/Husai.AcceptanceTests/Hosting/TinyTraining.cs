using System.Text.Json;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>A training of a small SAE on rows of a file.</summary>
internal sealed class TinyTraining : IDisposable
{
    private const int Width = 12;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-training-");

    public TinyTraining()
    {
        var rows = new Matrix(900, Width);
        new RandomStream(4, "rows").FillNormal(rows.AsSpan(), mean: 0.3f);
        NumpyFile.Write(Activations, NamedTensor.FromMatrix("activations", rows));
    }

    public string Activations => Path("activations.npy");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string[] Arguments(string name, int epochs = 3) =>
    [
        "sae", "train", "--activations", Activations, "--output", Path(name), "--resume",
        "--set", "expansion_factor=4", "--set", "k=4", "--set", $"epochs={epochs}", "--set", "batch_size=64", "--set", "evaluate_every=100",
    ];

    /// <summary>Hash of the weights in a folder.</summary>
    public string Hash(string name)
    {
        var info = HusaiProcess.Run("sae", "info", Path(name), "--json");
        Assert.True(info.ExitCode == 0, info.Error);
        using var document = JsonDocument.Parse(info.Output);
        return document.RootElement.GetProperty("weights_hash").GetString()!;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
