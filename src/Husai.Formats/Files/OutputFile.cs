namespace Husai.Formats.Files;

/// <summary>Makes sure that a command's file takes the place of nothing but an earlier one of the same kind.</summary>
internal static class OutputFile
{
    /// <summary>Looks at what is there before anything is computed or written.</summary>
    /// <param name="path">The file to write, which need not be there.</param>
    /// <param name="kind">What is written, as messages call it, such as "activations of a model".</param>
    /// <param name="isOfThisKind">Whether the file that is there is of this kind; an <see cref="InvalidFileException"/> means that it is
    /// not.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="isOfThisKind"/> is null.</exception>
    /// <exception cref="InvalidFileException">There is a folder, a pipe, a device, or a file of another kind.</exception>
    public static void RequireReplaceable(string path, string kind, Func<string, bool> isOfThisKind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(isOfThisKind);
        RequireFile(path);
        if (File.Exists(path) && !IsOfThisKind(path, isOfThisKind))
        {
            throw new InvalidFileException(path, $"is there already and not {kind}: it would be written over; choose another file");
        }
    }

    /// <summary>
    /// Makes sure that what stands at a path, if anything, is a file: a pipe or a device would be replaced, and whoever reads the pipe wait
    /// for ever.
    /// </summary>
    /// <param name="path">The file to write, which need not be there.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">There is a folder, a pipe or a device.</exception>
    public static void RequireFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var kind = PathKinds.Of(path) switch
        {
            PathKind.Folder => "folder",
            PathKind.Pipe => "pipe",
            PathKind.Device => "device",
            _ => null,
        };
        if (kind is not null)
        {
            throw new InvalidFileException(path, $"is a {kind}; name a file to write to");
        }
    }

    private static bool IsOfThisKind(string path, Func<string, bool> isOfThisKind)
    {
        try
        {
            return isOfThisKind(path);
        }
        catch (InvalidFileException)
        {
            return false;
        }
    }
}
