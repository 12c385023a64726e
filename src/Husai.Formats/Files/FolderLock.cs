using System.Collections.Concurrent;

namespace Husai.Formats.Files;

/// <summary>
/// Keeps every other process from writing into a folder: the file <c>lock</c> in it, which names host, process and start of the holder. It
/// is created in one step that only one process can win, on network file systems too; no file locks of the system are used.
/// </summary>
/// <remarks>
/// A lock is taken over from a process of this host as soon as that has ended, and from one that cannot be seen from here once it has
/// given no sign of life for <see cref="Expiry"/>. A process that lost its lock in this way, because it stood still, finds out before it
/// publishes anything: <see cref="AtomicFile"/> asks <see cref="RequireHeld"/>. A file that was deleted comes back; meanwhile
/// <see cref="FolderGuard"/> holds.
/// </remarks>
internal sealed class FolderLock : IDisposable
{
    /// <summary>How often a holder gives a sign of life.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Age of the last sign of life from which on a holder on another host counts as gone.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(60);

    internal const string FileName = "lock";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(50);
    private static readonly ConcurrentDictionary<string, FolderLock> Held = new();

    private readonly Lock _sync = new();
    private readonly string _folder;
    private readonly LockFile _file;
    private readonly IDisposable? _guard;
    private readonly IReadOnlyList<string> _made;
    private readonly ITimer _timer;
    private int _looks;
    private bool _isReleased;

    private FolderLock(string folder, LockFile file, IDisposable? guard, IReadOnlyList<string> made)
    {
        (_folder, _file, _guard, _made) = (folder, file, guard, made);
        Held[folder] = this;
        _timer = TimeProvider.System.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>Takes the lock of a folder, and removes the temporary files of processes that were killed in it.</summary>
    /// <param name="folder">The folder, created if need be. If it is still empty when the lock is let go, it is removed again.</param>
    /// <param name="patience">How long to wait for another process to let go; not at all by default.</param>
    /// <param name="isForFiles">Whether only files in the folder itself are written: then nothing is removed below.</param>
    /// <exception cref="FolderInUseException">Another process holds it.</exception>
    /// <exception cref="InvalidFileException">The folder cannot be made or written to.</exception>
    public static FolderLock Take(string folder, TimeSpan patience = default, bool isForFiles = false)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var made = OutputFolder.Create(folder);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return Take(folder, path, made, isForFiles);
            }
            catch (FolderInUseException) when (TimeProvider.System.GetElapsedTime(start) < patience)
            {
                Thread.Sleep(RetryEvery);
            }
            catch (Exception error) when (
                error is UnauthorizedAccessException or (IOException and not (FolderInUseException or InvalidFileException)))
            {
                var reason = OutputFolder.Reason(error, path);
                OutputFolder.RemoveEmpty(made);
                throw new InvalidFileException(folder, $"cannot be written to: {reason}", error);
            }
        }
    }

    /// <summary>Makes sure that a file may be published: that no lock of this process above it was taken over.</summary>
    /// <param name="path">The file or folder that is about to get its name.</param>
    /// <exception cref="FolderInUseException">Another process has taken the folder over.</exception>
    public static void RequireHeld(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Held.IsEmpty)
        {
            return;
        }

        for (var folder = Path.GetFullPath(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Held.TryGetValue(folder, out var held))
            {
                held.Require();
            }
        }
    }

    /// <summary>Whether a file in a folder belongs to its lock, or to one that is about to be taken over.</summary>
    /// <param name="name">The file's name.</param>
    public static bool IsLock(string name) => name == FileName || TemporaryFiles.IsClaim(name);

    /// <summary>Who works in a folder, in words; null if nobody does, as far as can be told.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="time">The clock, which is compared with that of the file system.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The lock cannot be read.</exception>
    public static string? HolderOf(string folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        return LockRecord.Read(Path.Combine(folder, FileName)) is { } record
            && !(record.Holder?.IsGone() ?? time.GetUtcNow().UtcDateTime - record.LastWritten > Expiry)
            ? record.Holder?.Describe() ?? "an unknown process"
            : null;
    }

    /// <summary>Lets go.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            if (_isReleased)
            {
                return;
            }

            _isReleased = true;
            _timer.Dispose();
            Held.TryRemove(_folder, out _);
            _file.Remove();
            OutputFolder.RemoveEmpty(_made);
            _guard?.Dispose();
        }
    }

    private static FolderLock Take(string folder, string path, IReadOnlyList<string> made, bool isForFiles)
    {
        if (Held.ContainsKey(path))
        {
            throw FolderInUseException.HeldBy(folder, ProcessIdentity.This, null);
        }

        var guard = FolderGuard.TryTake(path, out var isTaken);
        if (isTaken)
        {
            // The file may name the one before, or be deleted.
            var holder = LockRecord.Read(Path.Combine(path, FileName))?.Holder;
            throw FolderInUseException.HeldBy(folder, holder?.IsGone() == true ? null : holder, null);
        }

        try
        {
            var file = LockFile.Take(folder, Path.Combine(path, FileName));
            try
            {
                TemporaryFiles.RemoveAll(path, andBelow: !isForFiles);
                return new FolderLock(path, file, guard, made);
            }
            catch
            {
                file.Remove();
                throw;
            }
        }
        catch
        {
            guard?.Dispose();
            throw;
        }
    }

    private void Require()
    {
        lock (_sync)
        {
            if (!_isReleased && !_file.IsOurs(out var other))
            {
                throw FolderInUseException.TakenOverBy(_folder, other?.Holder);
            }
        }
    }

    private void Look()
    {
        lock (_sync)
        {
            if (_isReleased)
            {
                return;
            }

            try
            {
                if (_file.IsOurs(out _) && ++_looks % (int)(Heartbeat / LookEvery) == 0)
                {
                    _file.GiveSignOfLife();
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A full or vanished disk: what is published next tells of it.
            }
        }
    }
}
