using Husai.Formats;

namespace Husai.Autoencoders;

/// <summary>
/// Reads sparse autoencoders of other libraries. What comes back computes the same latents and reconstructions as the library's own
/// forward pass; what cannot is refused, with the reason.
/// </summary>
public static class SaeImport
{
    /// <summary>Reads an autoencoder.</summary>
    /// <param name="path">Its folder, or the file with its weights.</param>
    /// <param name="layout">The layout; null to tell it by the names of the files.</param>
    /// <exception cref="InvalidFileException">
    /// A file is missing or damaged, or describes something that is no sparse autoencoder or cannot be represented exactly.
    /// </exception>
    public static SavedAutoencoder Read(string path, SaeLayout? layout = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Path.Exists(path))
        {
            throw new InvalidFileException(path, "no such file or folder");
        }

        return (layout ?? SaeLayouts.Detect(path)) switch
        {
            SaeLayout.SaeLens => SaeFolder.LoadSaeLens(ImportPath.FolderOf(path)),
            SaeLayout.DictionaryLearning => DictionaryLearningReader.Read(path),
            SaeLayout.Sparsify => SparsifyReader.Read(ImportPath.FolderOf(path)),
            SaeLayout.OpenAi => OpenAiReader.Read(path),
            SaeLayout.GemmaScope => GemmaScopeReader.Read(path),
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "not a layout"),
        };
    }
}
