using Husai.Formats.Files;

namespace Husai.Columnar;

/// <summary>Makes errors of the packages that read tables into one line about the file.</summary>
internal static class PackageErrors
{
    /// <summary>Runs what reads a file.</summary>
    /// <exception cref="InvalidFileException">The file is damaged.</exception>
    public static T Translate<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (InvalidFileException or OperationCanceledException))
        {
            // A damaged file makes the packages throw of every kind: the lengths in it are believed.
            var cause = error is AggregateException { InnerException: { } inner } ? inner : error;
            throw new InvalidFileException(path, $"is damaged, or no such table: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
    }
}
