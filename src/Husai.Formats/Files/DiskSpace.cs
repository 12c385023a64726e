namespace Husai.Formats.Files;

/// <summary>Says in plain words that a disk is full.</summary>
internal static class DiskSpace
{
    // ENOSPC and EDQUOT of Linux and macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] Codes = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>Whether a write failed because the disk is full or a quota is used up.</summary>
    /// <param name="error">What the write threw.</param>
    public static bool IsFull(Exception error) => error is IOException and not DiskFullException && Codes.Contains(error.HResult);
}

/// <summary>A file could not be written because the disk is full.</summary>
public sealed class DiskFullException : IOException
{
    /// <summary>Names the file that was being written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the write threw.</param>
    public DiskFullException(string path, Exception cause)
        : base($"{path}: the disk is full; free space, then run the command again: what was there before is as it was", cause)
    {
    }
}
