namespace Husai.Formats.Files;

/// <summary>The one path of a file or folder that goes through no links: two paths lead to the same place where these are equal.</summary>
internal static class RealPath
{
    /// <summary>Follows every link on the way.</summary>
    /// <param name="path">The file or folder; what is not there is taken as it is named.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">Its links lead in a loop.</exception>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        // A relative link starts from where its folder really is.
        var place = Path.Combine(Of(parent), Path.GetFileName(full));
        FileSystemInfo entry = Directory.Exists(place) ? new DirectoryInfo(place) : new FileInfo(place);
        try
        {
            return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
                ? Of(target.FullName)
                : place;
        }
        catch (IOException error) when (error is not InvalidFileException)
        {
            throw new InvalidFileException(path, "cannot be followed: its links lead in a loop, or are too many", error);
        }
    }
}
