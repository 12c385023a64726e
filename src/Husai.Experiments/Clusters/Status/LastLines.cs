using System.Text;
using Husai.Formats.Text;

namespace Husai.Experiments.Clusters.Status;

/// <summary>The end of a file of messages.</summary>
internal static class LastLines
{
    private const int Most = 3;
    private const int Bytes = 4096;

    /// <summary>The last lines that are not empty, printable; none where there is no file.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, Bytes), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return [
                .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(Most)
                    .Select(PrintableText.Line)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
