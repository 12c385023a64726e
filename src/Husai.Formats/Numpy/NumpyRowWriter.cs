using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Numpy;

/// <summary>Appends rows to a .npy file that <see cref="NumpyFile.WriteRows"/> writes.</summary>
internal sealed class NumpyRowWriter
{
    private readonly Stream _stream;
    private readonly long _rows;
    private readonly byte[] _bytes;
    private readonly int _width;
    private long _written;

    internal NumpyRowWriter(Stream stream, long rows, int width)
    {
        (_stream, _rows, _width) = (stream, rows, width);
        _bytes = new byte[checked((long)width * sizeof(float))];
    }

    /// <summary>Appends some rows.</summary>
    /// <param name="block"><c>[rows, width]</c>.</param>
    /// <exception cref="ArgumentException">The width is another, or there are more rows than the file takes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(Matrix block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Columns != _width || block.Rows > _rows - _written)
        {
            throw new ArgumentException(
                $"a block of {block.Shape} after {_written} rows, where the array is [{_rows}, {_width}]", nameof(block));
        }

        for (var row = 0; row < block.Rows; row++)
        {
            TensorElements.Store(block.Row(row), _bytes);
            _stream.Write(_bytes);
        }

        _written += block.Rows;
    }

    internal void RequireComplete()
    {
        if (_written != _rows)
        {
            throw new ArgumentException($"{_written} rows were written of an array of [{_rows}, {_width}]");
        }
    }
}
