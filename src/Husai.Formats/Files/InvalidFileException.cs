using Husai.Formats.Text;

namespace Husai.Formats.Files;

/// <summary>A file cannot be used: it is missing, damaged, of another format, or holds something else than was asked for.</summary>
/// <remarks>The message is one line, <c>PATH: REASON</c>, fit to be shown to a user as it is.</remarks>
public sealed class InvalidFileException : IOException
{
    /// <summary>Names the file and says what is wrong with it.</summary>
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="reason">What is wrong, where, and if possible what to do; one line.</param>
    /// <param name="innerException">The cause, or null.</param>
    public InvalidFileException(string path, string reason, Exception? innerException = null)
        : base($"{PrintableText.Name(path)}: {PrintableText.Line(reason)}", innerException)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
