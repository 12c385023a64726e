using System.IO.Compression;

namespace Husai.Networks.Text;

/// <summary>
/// Reads what gzip compressed, and makes sure that the end was reached: the runtime's stream takes a truncated file for a shorter one.
/// </summary>
/// <remarks>
/// Behind the file it reads a mark that was compressed apart. Where the file is whole, the text ends with the mark, which is held back;
/// where something is missing, the mark's bytes are taken for it and do not come out again.
/// </remarks>
internal sealed class GzipStreamToEnd : ForwardStream
{
    private static readonly byte[] Mark = [.. "\0end of what was compressed\0"u8];
    private static readonly byte[] CompressedMark = Compress(Mark);
    private readonly Joined _compressed;
    private readonly GZipStream _whole;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Begins reading.</summary>
    /// <param name="file">The file, which is closed with this one.</param>
    public GzipStreamToEnd(Stream file)
    {
        _compressed = new Joined(file);
        _whole = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged, or ends before what was compressed does.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_end - _start <= Mark.Length && !buffer.IsEmpty)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = _whole.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return _buffer.AsSpan(0, _end).SequenceEqual(Mark) ? 0
                    : throw new InvalidDataException("the file ends before what was compressed does");
            }

            _end += read;
        }

        var count = Math.Min(buffer.Length, _end - _start - Mark.Length);
        if (count > 0)
        {
            _buffer.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
        }

        return Math.Max(0, count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _whole.Dispose();
            _compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>The file's bytes, then those of the compressed mark.</summary>
    private sealed class Joined(Stream file) : ForwardStream
    {
        private readonly MemoryStream _mark = new(CompressedMark);
        private bool _isFileRead;

        public override int Read(Span<byte> buffer)
        {
            var read = _isFileRead ? 0 : file.Read(buffer);
            _isFileRead |= read == 0 && !buffer.IsEmpty;
            return read > 0 ? read : _mark.Read(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
                _mark.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
