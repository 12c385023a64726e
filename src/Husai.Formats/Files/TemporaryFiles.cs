using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Husai.Formats.Files;

/// <summary>What processes leave behind that are killed while they write.</summary>
internal static partial class TemporaryFiles
{
    // A study's deepest files are saes/TRANSFORMER/SITE/CONFIGURATION/SEED/snapshots/STEP/FILE.
    private const int Depth = 10;

    /// <summary>
    /// Removes the temporary files and lock claims in a folder whose lock this process holds, so that none of them is still being written.
    /// A folder below that has a lock of its own is left alone: another process may be at work there.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="andBelow">Whether folders below are looked through too.</param>
    public static void RemoveAll(string folder, bool andBelow = true)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = andBelow,
            MaxRecursionDepth = Depth,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var files = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !File.Exists(Path.Combine(entry.ToFullPath(), FolderLock.FileName)),
        };
        foreach (var file in files.ToList())
        {
            var name = Path.GetFileName(file);
            if (Temporary().IsMatch(name) || (Claim().IsMatch(name) && Path.GetDirectoryName(file) == folder))
            {
                TryDelete(file);
            }
        }
    }

    public static bool IsTemporary(string name) => Temporary().IsMatch(name);

    public static bool IsClaim(string name) => Claim().IsMatch(name);

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
