using System.IO.Hashing;
using Husai.Formats.Files;

namespace Husai.Formats.Checksums;

/// <summary>
/// A checksum of a file that finds damage, not forgery: XXH3 with 128 bits (https://github.com/Cyan4973/xxHash), as 32 lower-case
/// hexadecimal digits. It takes no longer than reading the file does.
/// </summary>
internal static class FileChecksum
{
    /// <summary>Reads a file and computes its checksum.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">The file is missing or may not be read.</exception>
    public static string Of(string path)
    {
        using var stream = InputFile.Open(path);
        var hash = new XxHash128();
        hash.Append(stream);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
