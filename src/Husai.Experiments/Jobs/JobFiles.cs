using System.IO.Enumeration;
using Husai.Experiments.Trackers;
using Husai.Formats.Checksums;
using Husai.Formats.Files;

namespace Husai.Experiments.Jobs;

/// <summary>The files in a job's folder: which are its own, and whether they are as they were written.</summary>
internal static class JobFiles
{
    // Trackers write what is kept for their readers; no result is computed from it.
    private static readonly string[] Tracked = [$"{TrackerChoice.Wandb}/*", $"{TrackerChoice.TensorBoard}/*"];

    /// <summary>Patterns of all that is written for a job.</summary>
    public static IReadOnlyList<string> OutputsOf(Job job) => [.. job.Outputs, .. Tracked];

    /// <summary>The files of a result, as paths with '/' from the folder, in ordinal order.</summary>
    public static IEnumerable<string> Results(string folder, IReadOnlyList<string> outputs) =>
        All(folder).Where(name => Matches(name, outputs) && !Matches(name, Tracked)).Order(StringComparer.Ordinal);

    /// <summary>All that was written for a job, trackers included, as paths with '/' from the folder.</summary>
    public static IEnumerable<string> Written(string folder, IReadOnlyList<string> outputs) =>
        All(folder).Where(name => Matches(name, outputs) && !AtomicFile.IsTemporary(name));

    /// <summary>Whether there is nothing in a folder but what a killed process may have left before it wrote the manifest.</summary>
    public static bool IsEmpty(string folder) => All(folder).All(name => AtomicFile.IsTemporary(name) || FolderLock.IsLock(name));

    /// <summary>Deletes the files that patterns name, and the folders below that are empty then.</summary>
    public static void Remove(string folder, IReadOnlyList<string> patterns)
    {
        var removed = All(folder).Where(name => Matches(name, patterns)).ToList();
        removed.ForEach(name => File.Delete(PathOf(folder, name)));
        foreach (var below in removed.SelectMany(FoldersOf).Distinct().OrderByDescending(name => name.Length))
        {
            OutputFolder.RemoveEmpty(PathOf(folder, below));
        }
    }

    public static long Length(string folder, string name) => new FileInfo(PathOf(folder, name)).Length;

    public static string Checksum(string folder, string name) => FileChecksum.Of(PathOf(folder, name));

    /// <summary>What is wrong with a file of a finished job; null if nothing is.</summary>
    public static string? FindDamage(string folder, string name, JobManifest manifest, bool thoroughly)
    {
        var info = new FileInfo(PathOf(folder, name));
        if (!info.Exists)
        {
            return $"{name} is missing";
        }

        if (info.Length != manifest.Files[name])
        {
            return $"{name} has {info.Length} bytes where {manifest.Files[name]} were written";
        }

        return (thoroughly || IsReported(name)) && manifest.Checksums.TryGetValue(name, out var checksum)
            && Checksum(folder, name) != checksum
            ? $"{name} is not what was written"
            : null;
    }

    // Small, and read by every report.
    private static bool IsReported(string name) => !name.Contains('/') && Path.GetExtension(name) is ".json" or ".jsonl";

    private static bool Matches(string name, IReadOnlyList<string> patterns) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    private static IEnumerable<string> All(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
        : [];

    private static IEnumerable<string> FoldersOf(string name)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            yield return name[..slash];
        }
    }

    private static string PathOf(string folder, string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
}
