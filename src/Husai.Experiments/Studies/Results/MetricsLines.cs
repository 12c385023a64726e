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

    /// <summary>Reads a file that may still be written: its last line may end anywhere.</summary>
    public static IReadOnlyList<T> ReadGrowing<T>(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return [];
        }

        var text = Text(path);
        return [.. Split(text[..(text.LastIndexOf('\n') + 1)]).Select(line => ExperimentJson.Parse<T>(line, path))];
    }

    private static string[] Lines(string path) => Split(Text(path));

    private static string Text(string path) => TextFile.Read(path, TextFile.LongestResult, "metrics");

    private static string[] Split(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
