namespace Husai.Formats.Files;

/// <summary>The file of a lock that this process holds.</summary>
internal sealed class LockFile
{
    private readonly string _path;
    private readonly LockRecord _record;
    private FileStream _stream;

    private LockFile(string path, LockRecord record, FileStream stream) => (_path, _record, _stream) = (path, record, stream);

    /// <summary>Creates the file, or takes it over from a process that is gone.</summary>
    /// <param name="folder">The folder, as messages call it.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="FolderInUseException">Another process holds it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static LockFile Take(string folder, string path)
    {
        var record = LockRecord.New();
        var temporary = AtomicFile.TemporaryNameOf(path);
        var stream = Write(temporary, record);
        try
        {
            while (true)
            {
                if (Create(temporary, path, record, ref stream))
                {
                    return new LockFile(path, record, stream);
                }

                if (LockRecord.Read(path) is { } holder)
                {
                    RequireGone(folder, holder, temporary);
                    if (LockSuccession.TryReplace(folder, path, holder, temporary))
                    {
                        return new LockFile(path, record, stream);
                    }
                }
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Throws unless the process that a record names is gone.</summary>
    /// <param name="folder">The folder, as messages call it.</param>
    /// <param name="record">The record.</param>
    /// <param name="fresh">A file written just now, whose time is by the clock of the file system.</param>
    /// <exception cref="FolderInUseException">It is not gone, as far as can be told.</exception>
    public static void RequireGone(string folder, LockRecord record, string fresh)
    {
        var gone = record.Holder?.IsGone();
        var silence = File.GetLastWriteTimeUtc(fresh) - record.LastWritten;
        if (!(gone ?? silence > FolderLock.Expiry))
        {
            throw FolderInUseException.HeldBy(folder, record.Holder, gone is null ? silence : null);
        }
    }

    /// <summary>Whether the file is still there and ours; one that was deleted is written again.</summary>
    /// <param name="other">What the file says if it is another's.</param>
    public bool IsOurs(out LockRecord? other)
    {
        for (other = LockRecord.Read(_path); other is null; other = LockRecord.Read(_path))
        {
            var temporary = AtomicFile.TemporaryNameOf(_path);
            try
            {
                var stream = Write(temporary, _record);
                var isMade = Create(temporary, _path, _record, ref stream);
                (isMade ? _stream : stream).Dispose();
                _stream = isMade ? stream : _stream;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Where this process cannot make the file, no other can.
                return true;
            }
            finally
            {
                TemporaryFiles.TryDelete(temporary);
            }
        }

        return other.Token == _record.Token;
    }

    /// <summary>Writes the same again, which gives the file a new time.</summary>
    public void GiveSignOfLife() => WriteContent(_stream, _record);

    /// <summary>Deletes the file if it is ours.</summary>
    public void Remove()
    {
        _stream.Dispose();
        try
        {
            if (LockRecord.Read(_path)?.Token == _record.Token)
            {
                File.Delete(_path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It names a process that is about to be gone.
        }
    }

    // The name appears with the content in one step where the file system knows second names, else the file is made by whoever is first.
    private static bool Create(string temporary, string path, LockRecord record, ref FileStream stream)
    {
        if (Posix.TryLink(temporary, path) is { } linked)
        {
            return linked;
        }

        try
        {
            var created = Open(path);
            WriteContent(created, record);
            stream.Dispose();
            stream = created;
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static FileStream Write(string path, LockRecord record)
    {
        var stream = Open(path);
        try
        {
            WriteContent(stream, record);
            return stream;
        }
        catch
        {
            stream.Dispose();
            TemporaryFiles.TryDelete(path);
            throw;
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);

    private static void WriteContent(FileStream stream, LockRecord record)
    {
        stream.Position = 0;
        stream.Write(record.ToBytes());
        stream.Flush(flushToDisk: true);
    }
}
