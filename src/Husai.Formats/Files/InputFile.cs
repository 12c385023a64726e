namespace Husai.Formats;

/// <summary>Opens files for reading with errors that say what is wrong in one line.</summary>
internal static class InputFile
{
    public static FileStream Open(string path)
    {
        var stream = OpenAny(path);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new InvalidFileException(path, "is a pipe or a device; copy it to a file first");
    }

    /// <summary>As <see cref="Open"/>, but takes pipes and devices too.</summary>
    public static FileStream OpenAny(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new InvalidFileException(path, "is a folder, not a file");
        }

        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
            StandIn.Refuse(stream, path);
            return stream;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidFileException(path, "no such file", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InvalidFileException(path, "may not be read by this user", error);
        }
    }

    /// <summary>Reads exactly the bytes asked for; the caller has checked that the file holds them.</summary>
    public static byte[] ReadBytes(Stream stream, string path, long count)
    {
        if (count > Array.MaxLength)
        {
            throw new InvalidFileException(
                path, $"holds one piece of {count} bytes; pieces above {Array.MaxLength} bytes can only be mapped");
        }

        var bytes = count == 0 ? [] : GC.AllocateUninitializedArray<byte>((int)count);
        ReadBytes(stream, path, bytes);
        return bytes;
    }

    /// <summary>Fills a buffer; the caller has checked that the file holds its bytes.</summary>
    public static void ReadBytes(Stream stream, string path, Span<byte> bytes)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidFileException(path, "became shorter while it was read", error);
        }
    }
}
