using Husai.Experiments.Jobs;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Results;

/// <summary>Reads <c>metrics.jsonl</c>.</summary>
internal static class MetricsLines
{
    private const string FileName = "metrics.jsonl";

    public static IReadOnlyList<T> Read<T>(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? [.. Lines(path).Select(line => ExperimentJson.Parse<T>(line, path))] : [];
    }

    private static string[] Lines(string path) =>
        TextFile.Read(path, TextFile.LongestResult, "metrics").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
