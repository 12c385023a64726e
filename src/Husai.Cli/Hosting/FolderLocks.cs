using Husai.Formats.Files;

namespace Husai.Cli.Hosting;

/// <summary>The locks of the folders that a command writes into, let go together.</summary>
internal sealed class FolderLocks : IDisposable
{
    // Imports, exports and extractions into one folder are over in moments.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<FolderLock> _locks = [];

    private FolderLocks()
    {
    }

    /// <summary>Takes all of them, or none.</summary>
    /// <exception cref="FolderInUseException">Another process holds one.</exception>
    /// <exception cref="InvalidFileException">A folder cannot be made or written to.</exception>
    public static FolderLocks Take(params IEnumerable<string> folders)
    {
        var locks = new FolderLocks();
        try
        {
            foreach (var folder in folders)
            {
                locks._locks.Add(FolderLock.Take(folder));
            }

            return locks;
        }
        catch
        {
            locks.Dispose();
            throw;
        }
    }

    /// <summary>Takes the lock of the folder of a file, for as long as the file is written.</summary>
    public static FolderLock OfFile(string path) =>
        FolderLock.Take(Path.GetDirectoryName(Path.GetFullPath(path))!, Patience, isForFiles: true);

    public void Dispose() => _locks.ForEach(held => held.Dispose());
}
