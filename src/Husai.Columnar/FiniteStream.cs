namespace Husai.Columnar;

/// <summary>
/// A file that ends: who goes on reading behind its end, or reads it again and again, gets an error. Lengths in a damaged file lead the
/// packages into loops otherwise.
/// </summary>
/// <param name="stream">The file.</param>
internal sealed class FiniteStream(Stream stream) : Stream
{
    private const int MostEmptyReads = 64;
    private int _emptyReads;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => stream.Length;

    public override long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = stream.Read(buffer);
        _emptyReads = read > 0 || buffer.IsEmpty ? 0 : _emptyReads + 1;
        return _emptyReads <= MostEmptyReads ? read : throw new EndOfStreamException("it ends too early");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) > 0 ? one[0] : -1;
    }

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
