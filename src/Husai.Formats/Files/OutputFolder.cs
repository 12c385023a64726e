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
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"is no folder that can be written to: {(File.Exists(path) ? "it is a file" : error.Message)}", error);
        }
    }
}
