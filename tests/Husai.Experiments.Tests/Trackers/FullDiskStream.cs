using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Trackers;

/// <summary>A new file on a disk with room for some bytes: the write that needs more writes what fits, and fails.</summary>
internal sealed class FullDiskStream(string path, long room) : Stream
{
    /// <summary>A device of Linux that fails each write as a full disk does.</summary>
    public const string Device = "/dev/full";

    private readonly Stream _file = NewFile.Create(path);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var fits = (int)Math.Min(room - _file.Length, buffer.Length);
        _file.Write(buffer[..fits]);
        if (fits < buffer.Length)
        {
            Fail(buffer[fits..]);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Fail(ReadOnlySpan<byte> rest)
    {
        if (File.Exists(Device))
        {
            using var full = new FileStream(Device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            full.Write(rest);
        }

        throw new IOException("No space left on device");
    }
}
