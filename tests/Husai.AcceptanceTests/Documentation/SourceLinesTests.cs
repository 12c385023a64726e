namespace Husai.AcceptanceTests.Documentation;

/// <summary>A line of the sources has at most 140 characters; what stands in a raw literal is somebody else's line.</summary>
public sealed class SourceLinesTests
{
    private const int Longest = 140;
    private const string Raw = "\"\"\"";

    [Fact]
    public void Lines_are_at_most_140_characters_long()
    {
        string[] files =
        [
            .. ((string[])["src", "tests", "bench", "research"])
                .SelectMany(folder => Directory.GetFiles(Path.Combine(RepositoryFolder.Path, folder), "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")),
        ];
        Assert.True(files.Length > 700);
        Assert.Empty(files.SelectMany(LongLines));
    }

    private static IEnumerable<string> LongLines(string file)
    {
        var isRaw = false;
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var marks = line.Split(Raw).Length - 1;
            if (!isRaw && marks == 0 && line.Length > Longest)
            {
                yield return $"{file}:{number}: {line.Length} characters";
            }

            isRaw ^= marks % 2 == 1;
        }
    }
}
