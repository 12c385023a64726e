using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>An SAE may be named by its folder or by the file with its weights.</summary>
internal static class ImportPath
{
    private const string CheckpointsFolder = "checkpoints";

    /// <summary>The file, where the folder is given.</summary>
    public static string FileOf(string path, string name) => Directory.Exists(path) ? Path.Combine(path, name) : path;

    /// <summary>The folder, where the file is given.</summary>
    public static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;

    public static string Beside(string file, string name) => Path.Combine(Path.GetDirectoryName(file) ?? "", name);

    /// <summary>
    /// The configuration of some weights: beside them, or, of weights in a folder called <c>checkpoints</c>, beside that folder.
    /// </summary>
    /// <returns>The first that is there of these names; null if none is.</returns>
    public static string? ConfigurationOf(string file, params ReadOnlySpan<string> names)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var above = Path.GetFileName(folder) == CheckpointsFolder ? Path.GetDirectoryName(folder) : null;
        string[] folders = above is null ? [folder] : [folder, above];
        foreach (var candidate in folders)
        {
            foreach (var name in names)
            {
                if (File.Exists(Path.Combine(candidate, name)))
                {
                    return Path.Combine(candidate, name);
                }
            }
        }

        return null;
    }

    /// <summary>The file, or the only one of its kind in the folder; where there is none, the name that it should have.</summary>
    public static string OnlyFileOf(string path, string name, string pattern)
    {
        var file = FileOf(path, name);
        if (File.Exists(file) || !Directory.Exists(path))
        {
            return file;
        }

        var files = Directory.GetFiles(path, pattern);
        return files.Length switch
        {
            0 => file,
            1 => files[0],
            _ => throw new InvalidFileException(path, $"holds several files {pattern} ({FoundContent.Names(files)}); name the one to read"),
        };
    }
}
