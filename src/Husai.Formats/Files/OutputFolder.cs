namespace Husai.Formats;

/// <summary>Makes folders to write to, with errors that say what is wrong in one line.</summary>
public static class OutputFolder
{
    /// <summary>Makes a folder, and those above it, where they are not there yet.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">The folder cannot be made.</exception>
    public static void Create(string path)
    {
        RequireNoFile(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"is no folder that can be written to: {error.Message}", error);
        }
    }

    /// <summary>Makes sure that there is no file where a folder is to be.</summary>
    /// <param name="path">The folder, which need not be there.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">There is one.</exception>
    public static void RequireNoFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            throw new InvalidFileException(path, "is no folder that can be written to: it is a file");
        }
    }

    /// <summary>Makes sure that a training begun in a folder takes the place of none.</summary>
    /// <param name="path">The folder, which need not be there.</param>
    /// <param name="files">Names of files by which a training is known.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="files"/> is null.</exception>
    /// <exception cref="InvalidFileException">It is a file, or there is a training.</exception>
    public static void RequireNoTraining(string path, params IReadOnlyList<string> files)
    {
        RequireNoFile(path);
        ArgumentNullException.ThrowIfNull(files);
        if (files.FirstOrDefault(name => File.Exists(Path.Combine(path, name))) is { } found)
        {
            throw new InvalidFileException(path, $"holds a training already ({found}); resume it, or choose another folder");
        }
    }
}
