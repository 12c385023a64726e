using System.Globalization;
using Husai.Formats;

namespace Husai.Experiments.Jobs;

/// <summary>Keeps a second process off a folder. The system lets go of the lock when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string LockName = "lock";
    private const string OwnerName = "lock.owner";

    private readonly FileStream _stream;

    private FolderLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="FolderInUseException">Another process holds it.</exception>
    /// <exception cref="InvalidFileException">The folder cannot be made or written to.</exception>
    public static FolderLock Take(string folder)
    {
        OutputFolder.Create(folder);
        var owner = Path.Combine(folder, OwnerName);
        FileStream stream;
        try
        {
            // The file stays when the lock is let go: removing it could take it from under a process that is just opening it.
            stream = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new FolderInUseException(folder, File.Exists(owner) ? File.ReadAllText(owner).Trim() : "another one", error);
        }

        File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new FolderLock(stream);
    }

    public void Dispose() => _stream.Dispose();
}
