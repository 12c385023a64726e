using System.Net.Sockets;
using Husai.Formats.Tensors;

namespace Husai.Formats.Files;

/// <summary>
/// Keeps a second process of this host off a folder even where the lock's file is deleted: a name in the kernel, which is gone with the
/// process. Linux has such names; elsewhere, and between containers, the file alone must do.
/// </summary>
internal static class FolderGuard
{
    /// <summary>Takes the name of a folder.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <param name="isTaken">Whether another process has it.</param>
    /// <returns>What holds the name until it is disposed of; null where there are no such names, or it is taken.</returns>
    public static IDisposable? TryTake(string folder, out bool isTaken)
    {
        isTaken = false;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // A leading zero makes the name one of the kernel's, not of a file.
            socket.Bind(new UnixDomainSocketEndPoint($"\0husai-folder-{ContentHash.OfText(RealPath.Of(folder))}"));
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            isTaken = error.SocketErrorCode == SocketError.AddressAlreadyInUse;
            return null;
        }
    }
}
