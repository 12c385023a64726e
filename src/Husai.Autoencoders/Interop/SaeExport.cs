using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Numpy;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Writes SAEs for other libraries. Reading the result with <see cref="SaeImport"/> gives the same function: the same
/// bits where the target has a flag for the subtraction of the decoder's bias, else up to the rounding of that bias into another.
/// </summary>
public static class SaeExport
{
    /// <summary>Makes sure that <see cref="Write"/> takes the place of nothing but an SAE of the same layout.</summary>
    /// <param name="path">What is given to <see cref="Write"/>.</param>
    /// <param name="target">The layout.</param>
    /// <exception cref="InvalidFileException">It would.</exception>
    public static void RequireFree(string path, SaeExportTarget target)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        switch (target)
        {
            case SaeExportTarget.SaeLens:
                RequireFree(path, SaeLayout.SaeLens, SaeFolder.WeightsName, SaeFolder.ConfigurationName);
                break;
            case SaeExportTarget.Sparsify:
                RequireFree(path, SaeLayout.Sparsify, SparsifyReader.WeightsName, SparsifyReader.ConfigurationName);
                break;
            case SaeExportTarget.DictionaryLearning:
                RequireFree(
                    path, SaeLayout.DictionaryLearning, DictionaryLearningReader.WeightsName, DictionaryLearningReader.ConfigurationName);
                break;
            case SaeExportTarget.Npz:
                OutputFile.RequireReplaceable(
                    path, "an SAE in the layout of Gemma Scope", file => NumpyArchive.ReadNames(file).Contains("W_enc"));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(target), target, "not a target");
        }
    }

    /// <summary>Writes an SAE; each file appears whole or not at all.</summary>
    /// <param name="path">The folder to write to; for <see cref="SaeExportTarget.Npz"/> the file.</param>
    /// <param name="saved">The SAE.</param>
    /// <param name="target">The layout.</param>
    /// <exception cref="NotSupportedException">The layout cannot hold it; the message says why.</exception>
    /// <exception cref="InvalidFileException">The folder holds something else that would be overwritten, or that a reader could not tell
    /// from this.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void Write(string path, SavedSae saved, SaeExportTarget target)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(saved);
        RequireFree(path, target);
        switch (target)
        {
            case SaeExportTarget.SaeLens:
                SaeFolder.Save(path, saved);
                break;
            case SaeExportTarget.Sparsify:
                SparsifyWriter.Write(path, saved.Sae);
                break;
            case SaeExportTarget.DictionaryLearning:
                DictionaryLearningWriter.Write(path, saved);
                break;
            case SaeExportTarget.Npz:
                RequireArchiveName(path);
                GemmaScopeWriter.Write(path, saved.Sae);
                break;
        }
    }

    // By its name alone readers know it, ours and NumPy's.
    private static void RequireArchiveName(string path)
    {
        const string extension = ".npz";
        if (!Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidFileException(
                path, $"is no name of an archive, which readers know by {extension}; write to {Path.GetFileName(path)}{extension}");
        }
    }

    // An SAE of the same layout may be replaced. Layouts share the names of their configurations, with each other and with transformers.
    private static void RequireFree(string folder, SaeLayout layout, string weights, string configuration)
    {
        OutputFolder.RequireNoTraining(folder, TrainingFolder.Marks);
        var found = SaeLayouts.In(folder);
        if (found.Where(other => other != layout).ToList() is [var other, ..])
        {
            throw new InvalidFileException(
                folder, $"holds an SAE in the layout of {SaeLayouts.NameOf(other)} already; choose another folder");
        }

        if (found.Count == 0 && File.Exists(Path.Combine(folder, configuration)))
        {
            throw new InvalidFileException(folder, $"holds a {configuration} of something else; choose another folder");
        }

        OutputFolder.RequireNothingElse(folder, found.Count == 0 ? [] : [weights, configuration, SaeFolder.SparsityName]);
    }
}
