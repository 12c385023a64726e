using System.Runtime.InteropServices;

namespace Husai.Cli.Output;

/// <summary>
/// A standard descriptor of a Unix process. Unlike the runtime's stream it tells of a pipe that nobody reads any more, and writes nothing
/// to a descriptor that was closed when the process began: the runtime, or a file opened later, has its number by then.
/// </summary>
internal sealed partial class StandardDescriptor(int descriptor) : Stream
{
    public const int Output = 1;
    public const int Error = 2;

    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int Interrupted = 4;
    private static readonly int TryAgain = OperatingSystem.IsLinux() ? 11 : 35;

    // What this process opened itself is closed on exec; what its parent gave to it is not, or it would not be here.
    private readonly bool _isGiven = fcntl(descriptor, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isGiven)
        {
            throw new IOException("it is closed");
        }

        fixed (byte* start = buffer)
        {
            for (var done = 0; done < buffer.Length;)
            {
                var written = write(descriptor, start + done, buffer.Length - done);
                var error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (error == TryAgain)
                {
                    // A terminal that another program has set not to wait.
                    Thread.Sleep(TimeSpan.FromMilliseconds(10));
                }
                else if (error is not (0 or Interrupted))
                {
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error));
                }

                done += Math.Max(0, (int)written);
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint write(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command);
}
