using System.Text;

namespace Husai.Formats;

/// <summary>Writes files that are either there as a whole or not there at all.</summary>
/// <remarks>
/// The content goes to a temporary file beside the target, is flushed to the disk unless the caller can do without, and takes the target's
/// name in one rename. An interrupted write leaves the old file as it was; a reader that has the old file open keeps the old content.
/// </remarks>
public static class AtomicFile
{
    private static int _count;

    /// <summary>Writes a file through a stream. Missing folders on the way to it are created.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="write">Writes the whole content; if it throws, <paramref name="path"/> stays as it was.</param>
    /// <param name="flushToDisk">
    /// Whether the content must be on the disk before the file has its name. Without it a crash of the machine, though not one of the process, may leave an empty
    /// file; it saves some milliseconds.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, bool flushToDisk = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        OutputFolder.Create(Path.GetDirectoryName(target)
            ?? throw new ArgumentException($"{path} names a folder, not a file", nameof(path)));

        // Process and count: two writers of one path never share a temporary file.
        var temporary = $"{target}.{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8 without a byte-order mark. Missing folders on the way to it are created.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="flushToDisk">As in <see cref="Write"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteText(string path, string text, bool flushToDisk = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)), flushToDisk);
    }
}
