using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Reads SAEs of other libraries. What comes back computes the same latents and reconstructions as the library's own
/// forward pass; what cannot is refused, with the reason.
/// </summary>
internal static class SaeImport
{
    /// <summary>Reads an SAE.</summary>
    /// <param name="path">Its folder, or the file with its weights.</param>
    /// <param name="layout">The layout; null to find it (<see cref="SaeLayouts.Locate"/>).</param>
    /// <exception cref="InvalidFileException">
    /// A file is missing or damaged, or describes something that is no SAE or cannot be represented exactly.
    /// </exception>
    public static SavedSae Read(string path, SaeLayout? layout = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(layout is { } known ? new SaeLocation(known, path) : SaeLayouts.Locate(path));
    }

    /// <summary>Reads an SAE that was found.</summary>
    /// <param name="location">Where it is.</param>
    /// <exception cref="InvalidFileException">As for the other.</exception>
    public static SavedSae Read(SaeLocation location)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (!Path.Exists(location.Path))
        {
            throw new InvalidFileException(location.Path, "no such file or folder");
        }

        var saved = ReadLayout(location.Path, location.Layout);
        RequireFinite(location.Path, saved.Sae);
        return saved;
    }

    private static SavedSae ReadLayout(string path, SaeLayout layout) => layout switch
    {
        SaeLayout.SaeLens => SaeFolder.LoadSaeLens(ImportPath.FolderOf(path)),
        SaeLayout.DictionaryLearning => DictionaryLearningReader.Read(path),
        SaeLayout.Sparsify => SparsifyReader.Read(path),
        SaeLayout.OpenAi => OpenAiReader.Read(path),
        SaeLayout.GemmaScope => GemmaScopeReader.Read(path),
        SaeLayout.GemmaScope2 => GemmaScopeReader.ReadSecond(path),
        SaeLayout.LanguageModelSaes => LanguageModelSaesReader.Read(path),
        SaeLayout.PlainStateDict => PlainStateDictReader.Read(path),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "not a layout"),
    };

    // Stored values were checked when they were read; what is folded into them may overflow.
    private static void RequireFinite(string path, Sae sae)
    {
        for (var latent = 0; latent < sae.Latents; latent++)
        {
            RequireFinite(path, $"encoder row {latent}", sae.Encoder.Row(latent));
            RequireFinite(path, $"decoder row {latent}", sae.Decoder.Row(latent));
        }

        RequireFinite(path, "encoder bias", sae.EncoderBias);
        RequireFinite(path, "decoder bias", sae.DecoderBias);
        RequireFinite(path, "thresholds", sae.Threshold);
        RequireFinite(path, "magnitude bias", sae.MagnitudeBias);
    }

    private static void RequireFinite(string path, string part, ReadOnlySpan<float> values)
    {
        if (FiniteValues.IndexOfNotFinite(values) is >= 0 and var i)
        {
            throw new InvalidFileException(
                path, $"scaled as the library does, its {part} has {values[i]} at {i} (counted from 0): only finite weights can be used");
        }
    }
}
