using Husai.Formats.Tensors;

namespace Husai.CrashTests;

/// <summary>What an uninterrupted run of a workload leaves, by which every other one is judged.</summary>
internal sealed class Reference
{
    // Manifests and pages tell times of day and durations, and the commands tell the folder.
    private static readonly string[] Timed = ["manifest.json", "report.html", "summary.json", "tables.md"];

    private readonly Dictionary<string, string> _files;

    public Reference(Workload workload, string folder)
    {
        Workload = workload;
        var (exitCode, error) = HusaiProgram.Run(workload.ArgumentsFor(folder));
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{workload.Name} fails without any crash: {error}");
        }

        _files = Read(folder);
    }

    public Workload Workload { get; }

    /// <summary>Runs the workload to its end in a folder and compares what is there then.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Finish(string folder)
    {
        var (exitCode, error) = HusaiProgram.Run(Workload.ArgumentsFor(folder));
        return exitCode == 0 ? Compare(folder) : $"{Workload.Name} in {folder}: cannot go on ({exitCode}): {error}";
    }

    /// <summary>Compares a folder: the same files with the same bytes, and nothing else.</summary>
    public string? Compare(string folder)
    {
        var found = Read(folder);
        var different = _files.Keys.Union(found.Keys).Where(name => _files.GetValueOrDefault(name) != found.GetValueOrDefault(name)).Order()
            .ToList();
        return different.Count == 0 ? null : $"{Workload.Name} in {folder}: differs in {string.Join(", ", different)}";
    }

    private static Dictionary<string, string> Read(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(
            file => Path.GetRelativePath(folder, file),
            file => Timed.Contains(Path.GetFileName(file)) ? "there" : ContentHash.OfFile(file));
}
