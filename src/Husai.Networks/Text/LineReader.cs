using Husai.Formats.Files;

namespace Husai.Networks.Text;

/// <summary>Reads a file line by line, as bytes.</summary>
internal sealed class LineReader(Stream stream, string path)
{
    private const int LongestLine = 256 << 20;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _offset;

    /// <summary>The next line without its end, and the byte at which it begins; without bytes after the last.</summary>
    /// <exception cref="InvalidFileException">The line is too long to be one.</exception>
    public (long Offset, byte[]? Bytes) Next()
    {
        for (var looked = 0; ;)
        {
            var length = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(looked + length, 1);
            }

            looked = _end - _start;
            if (!Fill())
            {
                return looked > 0 ? Take(looked, 0) : (_offset, null);
            }
        }
    }

    private (long Offset, byte[] Bytes) Take(int length, int ending)
    {
        var line = (_offset, _buffer[_start..(_start + length)]);
        _start += length + ending;
        _offset += length + ending;
        return line;
    }

    private bool Fill()
    {
        var length = _end - _start;
        if (length == _buffer.Length && length >= LongestLine)
        {
            throw new InvalidFileException(path, $"has a line of more than {LongestLine} bytes");
        }

        var buffer = length == _buffer.Length ? new byte[2 * length] : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(buffer);
        (_buffer, _start, _end) = (buffer, 0, length);
        var read = CompressedText.Read(stream, path, _buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
