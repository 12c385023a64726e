using System.IO.MemoryMappedFiles;
using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Microsoft.Win32.SafeHandles;

namespace Husai.Formats.Activations;

/// <summary>The rows of a [rows, width] array of floats in a file, mapped rather than read: it may be larger than memory.</summary>
/// <remarks>
/// Reading is safe from several threads at once. A file that is shortened in place while it is open is an error: its length is asked for
/// before each block of rows, since the system ends a process that touches a page beyond the end. What is left of that danger are the
/// microseconds in which the block is copied.
/// </remarks>
internal sealed unsafe class MappedRows : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _start;
    private readonly TensorType _type;
    private readonly string _path;
    private readonly SafeFileHandle? _handle;
    private readonly long _end;

    // Few enough that the file can hardly change on the way, and many enough that asking costs little beside copying.
    private const int RowsPerCheck = 32;

    internal MappedRows(FileStream stream, long offset, TensorType type, long rows, int width)
    {
        (_type, _path) = (type, stream.Name);
        Rows = rows;
        Width = width;
        if (rows == 0 || width == 0)
        {
            // An empty range cannot be mapped.
            stream.Dispose();
            return;
        }

        (_handle, _end) = (stream.SafeFileHandle, offset + rows * width * type.Size());
        _file = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(offset, rows * width * type.Size(), MemoryMappedFileAccess.Read);
        byte* page = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref page);
        _start = page + _view.PointerOffset;
    }

    /// <summary>Number of rows; may exceed what an array can hold.</summary>
    public long Rows { get; }

    /// <summary>Values per row.</summary>
    public int Width { get; }

    /// <summary>Copies consecutive rows.</summary>
    /// <param name="first">The first row to copy, in [0, <see cref="Rows"/>).</param>
    /// <param name="destination">Receives as many rows as it has; [count, <see cref="Width"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another width.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows do not all exist.</exception>
    public void CopyTo(long first, Matrix destination)
    {
        RequireWidth(destination);
        if (first < 0 || first > Rows - destination.Rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(first), $"rows {first} to {first + destination.Rows} of [{Rows}, {Width}]");
        }

        for (var row = 0; row < destination.Rows; row++)
        {
            RequireWhole(row);
            CopyRow(first + row, destination.Row(row));
        }
    }

    /// <summary>Copies chosen rows, in the order given; a row may be given twice.</summary>
    /// <param name="rows">Which rows; each in [0, <see cref="Rows"/>).</param>
    /// <param name="destination">Receives them; [rows.Length, <see cref="Width"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One of the rows does not exist.</exception>
    public void CopyTo(ReadOnlySpan<long> rows, Matrix destination)
    {
        RequireWidth(destination);
        if (rows.Length != destination.Rows)
        {
            throw new ArgumentException(
                $"destination is {destination.Shape} where [{rows.Length}, {Width}] is needed", nameof(destination));
        }

        for (var row = 0; row < rows.Length; row++)
        {
            RequireWhole(row);
            CopyRow(rows[row], destination.Row(row));
        }
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (_view is { SafeMemoryMappedViewHandle: { IsClosed: false } handle })
        {
            handle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }
    }

    private void RequireWhole(int row)
    {
        if (row % RowsPerCheck == 0 && _handle is { IsClosed: false } && RandomAccess.GetLength(_handle) < _end)
        {
            throw new InvalidFileException(_path, "became shorter while it was read");
        }
    }

    private void CopyRow(long row, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        ObjectDisposedException.ThrowIf(_view is { SafeMemoryMappedViewHandle.IsClosed: true }, this);
        var length = Width * _type.Size();
        TensorElements.Load(_type, new ReadOnlySpan<byte>(_start + row * length, length), destination);
    }

    private void RequireWidth(Matrix destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (destination.Columns != Width)
        {
            throw new ArgumentException(
                $"destination is {destination.Shape} where [{destination.Rows}, {Width}] is needed", nameof(destination));
        }
    }
}
