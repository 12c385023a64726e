namespace Husai.Formats.Files;

/// <summary>Opens files that grow record by record.</summary>
internal static class NewFile
{
    /// <summary>Creates a file without a buffer: each record is one write, and outlives the process.</summary>
    /// <exception cref="IOException">The file exists already, or cannot be created.</exception>
    public static Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
}
