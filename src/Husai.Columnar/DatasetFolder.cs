using System.Text.Json;
using Husai.Formats.Files;

namespace Husai.Columnar;

/// <summary>A folder as Hugging Face's <c>datasets</c> saves one: Arrow files, and <c>state.json</c> with their names.</summary>
internal static class DatasetFolder
{
    private const string StateName = "state.json";
    private const string SplitsName = "dataset_dict.json";
    private const string FilesKey = "_data_files";
    private const string NameKey = "filename";

    public static bool IsOne(string folder) =>
        File.Exists(Path.Combine(folder, StateName)) || File.Exists(Path.Combine(folder, SplitsName));

    /// <summary>The files, in order.</summary>
    /// <exception cref="InvalidFileException">The list is damaged, or the folder holds several data sets.</exception>
    public static IReadOnlyList<string> FilesOf(string folder)
    {
        if (File.Exists(Path.Combine(folder, SplitsName)))
        {
            throw new InvalidFileException(folder, "holds the splits of a data set; name the folder of one of them");
        }

        var path = Path.Combine(folder, StateName);
        try
        {
            using var state = JsonDocument.Parse(TextFile.Read(path, TextFile.LongestDescription, "a data set's description"));
            return [.. state.RootElement.GetProperty(FilesKey).EnumerateArray().Select(file => FileOf(folder, path, file))];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidFileException(path, "does not list the files of a data set", error);
        }
    }

    // A name with a path would read files elsewhere.
    private static string FileOf(string folder, string path, JsonElement file) =>
        file.GetProperty(NameKey).GetString() is { Length: > 0 } name && name == Path.GetFileName(name)
            ? Path.Combine(folder, name)
            : throw new InvalidFileException(path, "names a file outside the folder");
}
