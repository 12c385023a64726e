using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Explorer.Runs;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Explorer.Tests;

/// <summary>The folder of a study with SAEs of one configuration and their activations, as far as pages of SAEs need it.</summary>
internal sealed class StudyOfSaes : IDisposable
{
    public const int Latents = 20;
    private const int Width = 6;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-saes-");

    public StudyOfSaes(int rows = 300)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Activations)!);
        File.WriteAllText(Path.Combine(Folder, "config.yaml"), "");
        File.WriteAllText(Path.Combine(Folder, "manifest.json"), "");
        WriteActivations(rows);
        Tree = new FolderTree([Folder]);
    }

    /// <summary>The folder that is shown.</summary>
    public string Folder => Path.Combine(_folder.FullName, "study");

    public FolderTree Tree { get; }

    /// <summary>The file with the activations.</summary>
    public string Activations => Path.Combine(Folder, "activations/small/site/activations.safetensors");

    /// <summary>A path outside the folder that is shown.</summary>
    public string Beside(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes the SAE of a seed.</summary>
    /// <returns>Its folder.</returns>
    public string AddSae(int seed, double[]? frequencies = null)
    {
        var folder = Path.Combine(Folder, FormattableString.Invariant($"saes/small/site/topk/seed_{seed}"));
        var (encoder, decoder) = (FormattableString.Invariant($"encoder {seed}"), FormattableString.Invariant($"decoder {seed}"));
        var sae = Sae.TopK(Random(Latents, encoder), Random(Latents, decoder), new float[Latents], new float[Width], 3);
        SaeFolder.Save(folder, new SavedSae(sae) { FiringFrequencies = frequencies });
        return folder;
    }

    public void WriteActivations(int rows) =>
        SafetensorsFile.Write(Activations, [NamedTensor.FromMatrix("activations", Random(rows, "rows"))]);

    public void Dispose() => _folder.Delete(recursive: true);

    private static Matrix Random(int rows, string purpose)
    {
        var matrix = new Matrix(rows, Width);
        new RandomStream(1, purpose).FillNormal(matrix.AsSpan());
        return matrix;
    }
}
