using System.Text.Json.Nodes;

namespace Husai.AcceptanceTests.Study;

/// <summary>Compares the folders of two runs of a study.</summary>
internal static class SameBits
{
    // When, how long, where and on how many threads; and the checksums of files that hold these.
    private static readonly string[] OfTheRun = ["started", "finished", "seconds", "attempts", "threads", "machine", "submissions"];

    /// <summary>Every file is there in both, with the same bytes; manifests and the page without times and machine.</summary>
    public static void Assert(string first, string second)
    {
        var files = Files(first);
        Xunit.Assert.Equal(files, Files(second));
        Xunit.Assert.Contains("summary.json", files);
        Xunit.Assert.Contains("tables.md", files);
        foreach (var file in files.Where(file => file != "report.html"))
        {
            var (one, other) = (Path.Combine(first, file), Path.Combine(second, file));
            if (Path.GetFileName(file) == "manifest.json")
            {
                Xunit.Assert.Equal(Manifest(one), Manifest(other));
            }
            else
            {
                Xunit.Assert.True(File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other)), file);
            }
        }
    }

    private static string[] Files(string folder) => [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
            .Where(file => !file.StartsWith("submissions", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string Manifest(string path)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        foreach (var key in OfTheRun)
        {
            manifest.Remove(key);
        }

        return manifest.ToJsonString();
    }
}
