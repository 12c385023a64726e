using System.Text;

namespace Husai.Formats.Files;

/// <summary>Reads small text files whole.</summary>
internal static class TextFile
{
    private const int FirstPiece = 1 << 16;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Most bytes that are read of a configuration or of JSON that describes something: what is longer is something else.
    /// </summary>
    public const int LongestDescription = 16 << 20;

    /// <summary>Most bytes that are read of the program's own JSON results, which hold a line for each latent or each input.</summary>
    public const int LongestResult = 512 << 20;

    /// <summary>
    /// Reads a file, or a pipe that the process was started with, as UTF-8, and of neither much more than allowed: a pipe may have no end.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumLength">Most bytes that it may have.</param>
    /// <param name="kind">What messages call such a file, such as "a configuration".</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">It cannot be read, is longer, or is not UTF-8.</exception>
    public static string Read(string path, int maximumLength, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = InputFile.OpenAny(path);
            var bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, maximumLength) + 1 : Math.Min(FirstPiece, maximumLength + 1)];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            while (length == bytes.Length && length <= maximumLength)
            {
                Array.Resize(ref bytes, (int)Math.Min(2L * length, maximumLength + 1L));
                length += stream.ReadAtLeast(bytes.AsSpan(length), bytes.Length - length, throwOnEndOfStream: false);
            }

            if (length > maximumLength)
            {
                throw new InvalidFileException(path, $"is longer than the {maximumLength} bytes that are read of {kind}");
            }

            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidFileException(path, "is not UTF-8 text", error);
        }
        catch (Exception error) when (error is (IOException and not InvalidFileException) or ArgumentException)
        {
            throw new InvalidFileException(path, $"cannot be read: {error.Message}", error);
        }
    }
}
