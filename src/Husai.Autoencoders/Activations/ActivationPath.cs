using Husai.Formats.Files;

namespace Husai.Autoencoders.Activations;

/// <summary>Which files a path of activations means: one, those of a folder, of a pattern, or of a list.</summary>
internal static class ActivationPath
{
    private static readonly string[] Extensions = [".npy", ".safetensors", ".npz", ".pt"];
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>The files, in the order in which their rows follow each other: of folders and patterns that of their names.</summary>
    /// <param name="path">A file, a folder, a pattern such as <c>rows/part-*.npy</c>, or several of these with commas between them.</param>
    /// <returns>At least one file; whether it is there is not looked at where it is named itself.</returns>
    /// <exception cref="InvalidFileException">A folder holds no such files, or none fits a pattern.</exception>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            return [path];
        }

        if (Directory.Exists(path))
        {
            var files = Sorted(Directory.EnumerateFiles(path).Where(file =>
                Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !AtomicFile.IsTemporary(file)));
            return files.Count > 0 ? files : throw new InvalidFileException(
                path, $"is no activation store: it holds no store.json, and no files in {string.Join(", ", Extensions)} either");
        }

        if (path.Contains(','))
        {
            return [.. path.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(FilesOf)];
        }

        var name = Path.GetFileName(path);
        if (name.IndexOfAny(Wildcards) < 0)
        {
            return [path];
        }

        var folder = Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".";
        var found = Directory.Exists(folder) ? Sorted(Directory.EnumerateFiles(folder, name)) : [];
        return found.Count > 0 ? found : throw new InvalidFileException(path, "no file fits this pattern");
    }

    // The same order on every system and in every language.
    private static List<string> Sorted(IEnumerable<string> files) => [.. files.Order(StringComparer.Ordinal)];
}
