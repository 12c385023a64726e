using System.Text.RegularExpressions;

namespace Husai.Formats;

/// <summary>What processes leave behind that are killed while they write.</summary>
internal static partial class TemporaryFiles
{
    // A study's deepest files are saes/TRANSFORMER/SITE/CONFIGURATION/SEED/snapshots/STEP/FILE.
    private const int Depth = 10;

    /// <summary>Removes the temporary files and lock claims in a folder whose lock this process holds, so that none of them is still being written.</summary>
    public static void RemoveAll(string folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = Depth,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        foreach (var file in Directory.EnumerateFiles(folder, "*", options).ToList())
        {
            var name = Path.GetFileName(file);
            if (Temporary().IsMatch(name) || (Claim().IsMatch(name) && Path.GetDirectoryName(file) == folder))
            {
                TryDelete(file);
            }
        }
    }

    public static bool IsTemporary(string name) => Temporary().IsMatch(name);

    /// <summary>Deletes a file; if that fails, it stays, as what went wrong before it is what matters.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next process in the folder tries again.
        }
    }

    [GeneratedRegex(@"\.[0-9]+-[0-9]+\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex Temporary();

    [GeneratedRegex("^lock\\.[0-9a-f]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex Claim();
}
