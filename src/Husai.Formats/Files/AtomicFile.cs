using System.Text;

namespace Husai.Formats.Files;

/// <summary>Writes files that are either there as a whole or not there at all.</summary>
/// <remarks>
/// The content goes to a temporary file beside the target, is flushed to the disk unless the caller can do without, and takes the target's
/// name in one rename, after which the folder is flushed too (<see cref="Posix.FlushFolder"/>). An interrupted write leaves the old file as
/// it was; a reader that has the old file open keeps the old content. A process that has lost its <see cref="FolderLock"/> publishes
/// nothing.
/// </remarks>
internal static class AtomicFile
{
    private static int _count;

    /// <summary>Writes a file through a stream. Missing folders on the way to it are created.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="write">Writes the whole content; if it throws, <paramref name="path"/> stays as it was.</param>
    /// <param name="flushToDisk">
    /// Whether the content must be on the disk before the file has its name. Without it a crash of the machine, though not one of the
    /// process, may leave an empty file; it saves some milliseconds.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="FolderInUseException">Another process has taken the folder over.</exception>
    /// <exception cref="DiskFullException">The disk is full.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, bool flushToDisk = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"{path} names a folder, not a file", nameof(path));
        OutputFolder.Create(folder);
        var temporary = TemporaryNameOf(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk);
            }

            FolderLock.RequireHeld(target);
            File.Move(temporary, target, overwrite: true);
            if (flushToDisk)
            {
                Posix.FlushFolder(folder);
            }
        }
        catch (Exception error)
        {
            TemporaryFiles.TryDelete(temporary);
            if (DiskSpace.IsFull(error))
            {
                throw new DiskFullException(path, error);
            }

            throw;
        }
    }

    /// <summary>Whether a name is that of a temporary file: one that is there after its process is gone was never finished.</summary>
    public static bool IsTemporary(string path) => TemporaryFiles.IsTemporary(path);

    /// <summary>A name beside a file. Process and count: two writers of one path never share a temporary file.</summary>
    internal static string TemporaryNameOf(string path) => $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.tmp";

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
