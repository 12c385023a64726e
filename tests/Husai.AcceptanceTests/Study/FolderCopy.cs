namespace Husai.AcceptanceTests.Study;

/// <summary>Copies folders with all that is in them.</summary>
internal static class FolderCopy
{
    /// <summary>Copies a folder to a new one.</summary>
    public static void Make(string from, string to) => Copy(new DirectoryInfo(from), Directory.CreateDirectory(to));

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }
}
