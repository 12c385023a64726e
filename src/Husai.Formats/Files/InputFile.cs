namespace Husai.Formats.Files;

/// <summary>Opens files for reading with errors that say what is wrong in one line.</summary>
internal static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It is missing, no file, a stand-in for another, or may not be read.</exception>
    public static FileStream Open(string path) => Open(path, mayBePipe: false);

    /// <summary>
    /// As <see cref="Open(string)"/>, but takes a pipe that this process was started with, such as a shell's <c>&lt;(...)</c>.
    /// </summary>
    /// <param name="path">The file or pipe.</param>
    /// <exception cref="InvalidFileException">It is missing, something else, or may not be read.</exception>
    public static FileStream OpenAny(string path) => Open(path, mayBePipe: true);

    private static FileStream Open(string path, bool mayBePipe)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Before it is opened: opening a pipe waits for who writes to it, and opening some devices does something.
        switch (PathKinds.Of(path))
        {
            case PathKind.Folder:
                throw new InvalidFileException(path, "is a folder, not a file");
            case PathKind.Device:
                throw new InvalidFileException(path, "is a device, not a file");
            case PathKind.Pipe when !(mayBePipe && IsOpenAlready(path)):
                throw new InvalidFileException(path, "is a pipe, not a file; copy what it gives to a file first");
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
        catch (PathTooLongException error)
        {
            throw new InvalidFileException(path, "is a longer path than the system allows", error);
        }
        catch (Exception error) when (error is (IOException and not InvalidFileException) or ArgumentException)
        {
            // The system's reason, without the path that the runtime puts behind it.
            throw new InvalidFileException(path, $"cannot be opened: {error.Message.Split(" : '")[0]}", error);
        }
    }

    private static bool IsOpenAlready(string path) => path is "/dev/stdin" || path.StartsWith("/dev/fd/", StringComparison.Ordinal)
        || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal);

    /// <summary>Reads exactly the bytes asked for; the caller has checked that the file holds them.</summary>
    /// <param name="stream">The open file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="InvalidFileException">It became shorter, or the piece is longer than an array can be.</exception>
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
    /// <param name="stream">The open file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="bytes">Receives them.</param>
    /// <exception cref="InvalidFileException">It became shorter.</exception>
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
