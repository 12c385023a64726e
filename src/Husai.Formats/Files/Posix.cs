using System.Runtime.InteropServices;

namespace Husai.Formats.Files;

/// <summary>The few calls of the C library for which .NET has none. Nothing is called on Windows.</summary>
internal static partial class Posix
{
    private const int NotPermitted = 1;
    private const int InputOutputError = 5;
    private const int Exists = 17;
    private const int ReadOnly = 0;

    /// <summary>Writes a folder's list of names to the disk, so that a file made or renamed in it has its name after a power cut.</summary>
    /// <remarks>
    /// Does nothing on Windows, where NTFS keeps names in its log and no program may flush a folder. A file system that cannot flush
    /// folders is taken as it is.
    /// </remarks>
    /// <exception cref="IOException">The disk reports an error.</exception>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = open(path, ReadOnly);
        if (descriptor < 0)
        {
            return;
        }

        try
        {
            if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() == InputOutputError)
            {
                throw new IOException($"Input/output error : '{path}'");
            }
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    /// <summary>
    /// Gives a file a second name, unless there is a file of that name: at most one process succeeds, on network file systems too.
    /// </summary>
    /// <returns>True if it has the name, false if the name is taken, null if the file system knows no second names.</returns>
    /// <exception cref="IOException">The name cannot be given for another reason.</exception>
    public static bool? TryLink(string file, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        if (link(file, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            Exists => false,
            NotPermitted => null,
            _ when error is 38 or 45 or 78 or 95 or 102 => null, // ENOSYS and EOPNOTSUPP of Linux and macOS.
            _ => throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{name}'"),
        };
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int link(string file, string name);
}
