using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Functions;

namespace Husai.Autoencoders.Storage;

/// <summary>
/// A folder in the layout of SAELens 6: <c>cfg.json</c>, <c>sae_weights.safetensors</c>, and <c>sparsity.safetensors</c> where the
/// firing frequencies are known. The same SAE gives the same bytes.
/// </summary>
internal static class SaeFolder
{
    internal const string WeightsName = "sae_weights.safetensors";
    internal const string ConfigurationName = "cfg.json";
    internal const string SparsityName = "sparsity.safetensors";

    // SAELens stores log10(frequency + this), so that a latent that never fired has a finite value.
    private const double FrequencyFloor = 1e-10;

    /// <summary>Writes a folder; each file appears whole or not at all.</summary>
    /// <param name="path">Folder; made if it is not there.</param>
    /// <param name="saved">What to write.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string path, SavedSae saved)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(saved);
        OutputFolder.Create(path);
        SafetensorsFile.Write(Path.Combine(path, WeightsName), WeightTensors.From(saved.Sae));
        if (saved.FiringFrequencies is { } frequencies)
        {
            SafetensorsFile.Write(
                Path.Combine(path, SparsityName), [NamedTensor.FromVector("sparsity", ToLog10(frequencies), frequencies.Length)]);
        }
        else
        {
            File.Delete(Path.Combine(path, SparsityName));
        }

        AtomicFile.WriteText(Path.Combine(path, ConfigurationName), ConfigurationFile.Write(saved));
    }

    /// <summary>Reads an SAE in this layout, or in that of another library (<see cref="SaeLayout"/>).</summary>
    /// <param name="path">Folder with <c>cfg.json</c> and <c>sae_weights.safetensors</c>, or what <see cref="SaeImport"/> takes.</param>
    /// <exception cref="InvalidFileException">A file is missing or not what it should be; the message says which and why.</exception>
    public static SavedSae Load(string path) => SaeImport.Read(path);

    /// <summary>Reads a folder of SAELens, of version 6 or before.</summary>
    internal static SavedSae LoadSaeLens(string path)
    {
        var configuration = ReadConfiguration(path);
        var weights = Require(Path.Combine(path, WeightsName));
        var sae = WeightTensors.ToSae(weights, SafetensorsFile.Read(weights), configuration);
        return new SavedSae(sae)
        {
            TrainingArchitecture = configuration.TrainingArchitecture,
            FiringFrequencies = ReadFrequencies(path, configuration.Latents),
            Metadata = configuration.Metadata,
        };
    }

    /// <summary>Number of latents of an SAE; of this layout only <c>cfg.json</c> is read.</summary>
    /// <param name="path">What <see cref="Load"/> takes.</param>
    /// <exception cref="InvalidFileException">A file is missing or not what it should be.</exception>
    public static int ReadLatents(string path)
    {
        var found = SaeLayouts.Locate(path);
        return OwnFolderOf(found) is { } folder ? ReadConfiguration(folder).Latents : SaeImport.Read(found).Sae.Latents;
    }

    /// <summary>Where an SAE's activations came from, as far as it says; of this layout only <c>cfg.json</c> is read.</summary>
    /// <param name="path">What <see cref="Load"/> takes.</param>
    /// <exception cref="InvalidFileException">A file is missing or not what it should be.</exception>
    public static Provenance ReadProvenance(string path)
    {
        var found = SaeLayouts.Locate(path);
        return OwnFolderOf(found) is { } folder ? Provenance.Of(ReadConfiguration(folder).Metadata) : SaeImport.Read(found).Provenance;
    }

    /// <summary>
    /// Reads the directions, and what else the folder's writer noted: in this layout in half the memory where the encoder is not asked for.
    /// </summary>
    /// <param name="path">What <see cref="Load"/> takes.</param>
    /// <param name="withEncoder">Whether the encoder is read too, by the number of latents; never by default.</param>
    /// <exception cref="InvalidFileException">A file is missing or not what it should be; the message says which and why.</exception>
    public static SavedDirections LoadDirections(string path, Func<int, bool>? withEncoder = null)
    {
        withEncoder ??= _ => false;
        var found = SaeLayouts.Locate(path);
        if (OwnFolderOf(found) is { } folder && ReadConfiguration(folder) is var configuration && !withEncoder(configuration.Latents))
        {
            return new SavedDirections(
                WeightTensors.ReadDecoder(Require(Path.Combine(folder, WeightsName)), configuration), null,
                ReadFrequencies(folder, configuration.Latents), configuration.Metadata);
        }

        var saved = SaeImport.Read(found);
        var encoder = withEncoder(saved.Sae.Latents) ? saved.Sae.Encoder : null;
        return new SavedDirections(saved.Sae.Decoder, encoder, saved.FiringFrequencies, saved.Metadata);
    }

    /// <summary>SHA-256 of the weights: equal exactly if all weights are.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="sae"/> is null.</exception>
    public static string WeightsHash(Sae sae)
    {
        ArgumentNullException.ThrowIfNull(sae);
        return ContentHash.Of(WeightTensors.From(sae));
    }

    // The folder where the layout is this one, whether it was named or the weights in it.
    private static string? OwnFolderOf(SaeLocation found) => found.Layout == SaeLayout.SaeLens ? ImportPath.FolderOf(found.Path) : null;

    private static ConfigurationFile ReadConfiguration(string folder) => ConfigurationFile.Read(Path.Combine(folder, ConfigurationName));

    private static double[]? ReadFrequencies(string folder, int latents)
    {
        var sparsity = Path.Combine(folder, SparsityName);
        if (!File.Exists(sparsity))
        {
            return null;
        }

        var tensors = new ImportTensors(sparsity, SafetensorsFile.Read(sparsity));
        var logarithms = tensors.Vector("sparsity", latents);
        tensors.RequireAllRead("the firing frequencies of SAELens");
        return FromLog10(logarithms);
    }

    private static string Require(string path) =>
        File.Exists(path) ? path : throw new InvalidFileException(path, "the file is missing: an SAE folder holds it");

    private static float[] ToLog10(double[] frequencies) =>
        Array.ConvertAll(frequencies, frequency => (float)(Transcendental.Log(frequency + FrequencyFloor) / Transcendental.Log(10)));

    private static double[] FromLog10(float[] logarithms) => Array.ConvertAll(logarithms, logarithm =>
    {
        var frequency = Transcendental.Exp(logarithm * Transcendental.Log(10)) - FrequencyFloor;

        // Rounding to single precision moves the frequency of a latent that never fired by less than this.
        return frequency < FrequencyFloor / 2 ? 0 : Math.Min(frequency, 1);
    });
}
