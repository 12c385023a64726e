using Husai.Experiments.Jobs;

namespace Husai.Experiments.Studies;

/// <summary>Reads <c>metrics.jsonl</c>.</summary>
internal static class MetricsLines
{
    private const string FileName = "metrics.jsonl";

    public static IReadOnlyList<T> Read<T>(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? [.. File.ReadLines(path).Select(line => ExperimentJson.Parse<T>(line, path))] : [];
    }
}
