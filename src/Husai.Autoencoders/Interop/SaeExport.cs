using Husai.Formats;

namespace Husai.Autoencoders;

/// <summary>
/// Writes sparse autoencoders for other libraries. Reading the result with <see cref="SaeImport"/> gives the same function: the same
/// bits where the target has a flag for the subtraction of the decoder's bias, else up to the rounding of that bias into another.
/// </summary>
public static class SaeExport
{
    /// <summary>Writes an autoencoder; each file appears whole or not at all.</summary>
    /// <param name="path">The folder to write to; for <see cref="SaeExportTarget.Npz"/> the file.</param>
    /// <param name="saved">The autoencoder.</param>
    /// <param name="target">The layout.</param>
    /// <exception cref="NotSupportedException">The layout cannot hold it; the message says why.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void Write(string path, SavedAutoencoder saved, SaeExportTarget target)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(saved);
        switch (target)
        {
            case SaeExportTarget.SaeLens:
                SaeFolder.Save(path, saved);
                break;
            case SaeExportTarget.Sparsify:
                SparsifyWriter.Write(path, saved.Autoencoder);
                break;
            case SaeExportTarget.DictionaryLearning:
                DictionaryLearningWriter.Write(path, saved);
                break;
            case SaeExportTarget.Npz:
                GemmaScopeWriter.Write(path, saved.Autoencoder);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(target), target, "not a target");
        }
    }
}
