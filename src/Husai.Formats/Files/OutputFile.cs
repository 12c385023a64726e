namespace Husai.Formats;

/// <summary>Makes sure that a command's file takes the place of nothing but an earlier one of the same kind.</summary>
public static class OutputFile
{
    /// <summary>Looks at what is there before anything is computed or written.</summary>
    /// <param name="path">The file to write, which need not be there.</param>
    /// <param name="kind">What is written, as messages call it, such as "activations of a model".</param>
    /// <param name="isOfThisKind">Whether the file that is there is of this kind; an <see cref="InvalidFileException"/> means that it is not.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="isOfThisKind"/> is null.</exception>
    /// <exception cref="InvalidFileException">There is a folder, or a file of another kind.</exception>
    public static void RequireReplaceable(string path, string kind, Func<string, bool> isOfThisKind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(isOfThisKind);
        if (Directory.Exists(path))
        {
            throw new InvalidFileException(path, "is a folder; name a file to write to");
        }

        if (File.Exists(path) && !IsOfThisKind(path, isOfThisKind))
        {
            throw new InvalidFileException(path, $"is there already and not {kind}: it would be written over; choose another file");
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
