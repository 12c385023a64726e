using System.Text;

namespace Husai.Formats;

/// <summary>Reads small text files whole.</summary>
public static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, a pipe or a device as UTF-8, and of none much more than allowed: a device may have no end.</summary>
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
            var bytes = new byte[maximumLength + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
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
