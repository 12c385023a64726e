namespace Husai.Transformers.Tests;

/// <summary>The files of two folders, compared.</summary>
internal static class FolderFiles
{
    public static IReadOnlyList<string> Names(TemporaryFolder folder) =>
        [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file))
            .Order(StringComparer.Ordinal)];

    /// <summary>Requires the files of a training, with the same bytes in both.</summary>
    public static void RequireSame(TemporaryFolder whole, TemporaryFolder broken)
    {
        var names = Names(whole);
        Assert.Equal(names, Names(broken));
        Assert.Contains("metrics.jsonl", names);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(whole[name]), File.ReadAllBytes(broken[name])));
    }
}
