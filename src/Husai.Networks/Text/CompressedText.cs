using Husai.Formats.Files;

namespace Husai.Networks.Text;

/// <summary>Text that lies compressed by gzip in a file such as <c>corpus.txt.gz</c>; it is read as if it were not.</summary>
internal static class CompressedText
{
    private const string Extension = ".gz";
    private const int LongestWhole = 1 << 30;
    private const int CopiedAtOnce = 1 << 16;

    /// <summary>The name of what is compressed, as <c>corpus.txt</c>; the path itself where nothing is.</summary>
    public static string NameWithin(string path) => IsOne(path) ? path[..^Extension.Length] : path;

    /// <summary>Opens a file of text, compressed or not.</summary>
    /// <exception cref="InvalidFileException">It cannot be opened.</exception>
    public static Stream Open(string path)
    {
        var file = InputFile.Open(path);
        return IsOne(path) ? new GzipStreamToEnd(file) : file;
    }

    /// <summary>Reads on into a buffer.</summary>
    /// <returns>Bytes read; 0 at the end.</returns>
    /// <exception cref="InvalidFileException">What is compressed is damaged.</exception>
    public static int Read(Stream stream, string path, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidFileException(path, "is not what gzip writes, or a damaged or truncated file of it", error);
        }
    }

    /// <summary>Reads a file of text as a whole.</summary>
    /// <exception cref="InvalidFileException">It cannot be read, or is too long for that.</exception>
    public static byte[] ReadWhole(string path)
    {
        using var stream = Open(path);
        if (stream is FileStream file)
        {
            return InputFile.ReadBytes(file, path, file.Length);
        }

        using var whole = new MemoryStream();
        var buffer = new byte[CopiedAtOnce];
        for (var count = Read(stream, path, buffer); count > 0; count = Read(stream, path, buffer))
        {
            whole.Write(buffer, 0, count);
            if (whole.Length > LongestWhole)
            {
                throw new InvalidFileException(path, $"holds more than {LongestWhole} bytes, too many for one document");
            }
        }

        return whole.ToArray();
    }

    private static bool IsOne(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
}
