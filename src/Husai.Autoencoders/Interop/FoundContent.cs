using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>Names what was found where no layout fits, so that the user can see what it is.</summary>
internal static class FoundContent
{
    private const int MostShown = 10;

    /// <summary>Some names, of many the first.</summary>
    public static string List(IEnumerable<string> names, int most = MostShown)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? ", ..." : "");
    }

    /// <summary>The names of some files, without their folders.</summary>
    public static string Names(IEnumerable<string> files) =>
        List(files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    /// <summary>Files and folders in a folder, with the keys of configurations.</summary>
    public static string OfFolder(string folder)
    {
        var entries = Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path) + "/")
            .Concat(Directory.EnumerateFiles(folder).Select(Describe)).Order(StringComparer.Ordinal).ToList();
        return entries.Count == 0 ? "nothing" : List(entries);
    }

    /// <summary>The configurations beside a file, with their keys.</summary>
    public static string OfConfigurations(string file)
    {
        var files = Directory.EnumerateFiles(ImportPath.FolderOf(file), "*.json").Order(StringComparer.Ordinal);
        var configurations = files.Select(Describe).ToList();
        return configurations.Count == 0 ? "no .json file" : List(configurations);
    }

    private static string Describe(string file)
    {
        var name = Path.GetFileName(file);
        if (Path.GetExtension(file) != ".json")
        {
            return name;
        }

        try
        {
            return $"{name} ({List(JsonSettings.Read(file).Root.Select(entry => entry.Key))})";
        }
        catch (InvalidFileException)
        {
            // What is wrong with it does not matter here.
            return name;
        }
    }
}
