using System.Runtime.InteropServices;

namespace Husai.Formats.Files;

/// <summary>Tells what stands at a path without opening it.</summary>
internal static partial class PathKinds
{
    private const int TypeBits = 0xF000;
    private const int Fifo = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int Folder = 0x4000;
    private const int BlockDevice = 0x6000;
    private const int RegularFile = 0x8000;
    private const int Socket = 0xC000;

    /// <summary>Follows links.</summary>
    public static PathKind Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.Exists(path) ? PathKind.Folder : PathKind.Unknown;
        }

        try
        {
            return Stat(path, out var status) != 0 ? PathKind.Unknown : (status.Mode & TypeBits) switch
            {
                RegularFile => PathKind.File,
                Folder => PathKind.Folder,
                Fifo or Socket => PathKind.Pipe,
                CharacterDevice or BlockDevice => PathKind.Device,
                _ => PathKind.Unknown,
            };
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return PathKind.Unknown;
        }
    }

    // The runtime's own way to stat(2): the system's structure differs from one Unix and processor to the next, and the base library does
    // not tell a pipe from a file.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out FileStatus status);

    // Begins with int flags and int mode; larger than what follows, on any version.
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct FileStatus
    {
        [FieldOffset(4)]
        public int Mode;
    }
}
