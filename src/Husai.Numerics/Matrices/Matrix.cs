using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Husai.Numerics.Matrices;

/// <summary>
/// A row-major matrix of 32-bit floats, or a view of part of one. Rows and columns are explicit: nothing in this
/// library infers an orientation from which side is longer.
/// </summary>
/// <remarks>
/// The storage of an owned matrix starts on a 64-byte boundary and never moves, so kernels may take its address.
/// A view shares storage with the matrix it came from and keeps it alive.
/// </remarks>
public sealed class Matrix
{
    private const int Alignment = 64;

    // Elements of a quarter of a GiB.
    private const int CollectedBefore = 1 << 26;
    private readonly float[] _storage;
    private readonly int _offset;

    /// <summary>Allocates a matrix of zeros.</summary>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="columns">Number of columns, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or the product exceeds one array.</exception>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        var length = (long)rows * columns + Alignment / sizeof(float);
        if (length > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rows), $"a matrix of [{rows}, {columns}] is larger than one array can hold");
        }

        // The collector does not hurry to take back arrays as large, and zeros take longer to write than it needs.
        if (length >= CollectedBefore)
        {
            GC.Collect();
        }

        _storage = GC.AllocateArray<float>((int)length, pinned: true);
        _offset = AlignedOffset(_storage);
        Rows = rows;
        Columns = columns;
        Stride = columns;
    }

    private Matrix(float[] storage, int offset, int rows, int columns, int stride)
    {
        _storage = storage;
        _offset = offset;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from the start of one row to the start of the next; at least <see cref="Columns"/>.</summary>
    public int Stride { get; }

    /// <summary>Whether the rows follow each other without a gap.</summary>
    public bool IsContiguous => Stride == Columns || Rows <= 1;

    /// <summary>The shape as it is printed in messages: <c>[rows, columns]</c>.</summary>
    public string Shape => $"[{Rows}, {Columns}]";

    internal unsafe float* Pointer =>
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_storage)) + _offset;

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the matrix.</exception>
    public float this[int row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    /// <summary>Copies a rectangular array.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    public static Matrix From(float[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new Matrix(values.GetLength(0), values.GetLength(1));
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, float>(
            ref MemoryMarshal.GetArrayDataReference(values)), values.Length).CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>Copies <paramref name="values"/>, row after row.</summary>
    /// <exception cref="ArgumentException">There are not exactly rows x columns values.</exception>
    public static Matrix From(int rows, int columns, ReadOnlySpan<float> values)
    {
        var result = new Matrix(rows, columns);
        if (values.Length != result.Rows * (long)result.Columns)
        {
            throw new ArgumentException($"{values.Length} values do not fill {result.Shape}", nameof(values));
        }

        values.CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>The elements of one row.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> lies outside the matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int row)
    {
        if ((uint)row >= (uint)Rows)
        {
            ThrowNoRow(row);
        }

        return new Span<float>(_storage, _offset + row * Stride, Columns);
    }

    /// <summary>All elements, row after row.</summary>
    /// <exception cref="InvalidOperationException">The rows have gaps between them (<see cref="IsContiguous"/>).</exception>
    public Span<float> AsSpan()
    {
        if (!IsContiguous)
        {
            throw new InvalidOperationException($"a {Shape} view of stride {Stride} is not one span");
        }

        return new Span<float>(_storage, _offset, Rows * Columns);
    }

    /// <summary>A view of consecutive rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the matrix.</exception>
    public Matrix SliceRows(int start, int count) => Slice(start, count, 0, Columns);

    /// <summary>A view of consecutive columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside the matrix.</exception>
    public Matrix SliceColumns(int start, int count) => Slice(0, Rows, start, count);

    /// <summary>A view of a block.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The block lies outside the matrix.</exception>
    public Matrix Slice(int row, int rows, int column, int columns)
    {
        if (row < 0 || rows < 0 || (long)row + rows > Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(row), $"rows {row} to {(long)row + rows} of a {Shape} matrix");
        }

        if (column < 0 || columns < 0 || (long)column + columns > Columns)
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"columns {column} to {(long)column + columns} of a {Shape} matrix");
        }

        return new Matrix(_storage, _offset + row * Stride + column, rows, columns, Stride);
    }

    /// <summary>The same contiguous elements under another shape, without copying.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    /// <exception cref="InvalidOperationException">The matrix is not contiguous.</exception>
    public Matrix Reshape(int rows, int columns)
    {
        if (AsSpan().Length != (long)rows * columns)
        {
            throw new ArgumentException($"{Shape} cannot be seen as [{rows}, {columns}]", nameof(rows));
        }

        return new Matrix(_storage, _offset, rows, columns, columns);
    }

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public void Fill(float value)
    {
        for (var row = 0; row < Rows; row++)
        {
            Row(row).Fill(value);
        }
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear() => Fill(0f);

    /// <summary>Copies all elements of a matrix of the same shape into this one.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(Matrix source)
    {
        Require.Shape(source, Rows, Columns);
        for (var row = 0; row < Rows; row++)
        {
            source.Row(row).CopyTo(Row(row));
        }
    }

    /// <summary>An owned, contiguous copy.</summary>
    public Matrix Clone()
    {
        var copy = new Matrix(Rows, Columns);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>An owned, contiguous copy of some rows, in the order given.</summary>
    /// <param name="rows">Which; one may come more than once.</param>
    internal Matrix ChosenRows(ReadOnlySpan<int> rows)
    {
        var copy = new Matrix(rows.Length, Columns);
        for (var row = 0; row < rows.Length; row++)
        {
            Row(rows[row]).CopyTo(copy.Row(row));
        }

        return copy;
    }

    /// <summary>An owned, contiguous transposed copy.</summary>
    public Matrix Transpose()
    {
        // Square tiles: both the rows read and the rows written stay in the first-level cache.
        const int tile = 32;
        var result = new Matrix(Columns, Rows);
        for (var rowStart = 0; rowStart < Rows; rowStart += tile)
        {
            for (var columnStart = 0; columnStart < Columns; columnStart += tile)
            {
                var columnEnd = Math.Min(columnStart + tile, Columns);
                for (var row = rowStart; row < Math.Min(rowStart + tile, Rows); row++)
                {
                    var source = Row(row);
                    for (var column = columnStart; column < columnEnd; column++)
                    {
                        result._storage[result._offset + column * Rows + row] = source[column];
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Whether the two share any memory location between their first and last elements.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool Overlaps(Matrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(_storage, other._storage)
            && Rows > 0 && Columns > 0 && other.Rows > 0 && other.Columns > 0
            && _offset < other._offset + (other.Rows - 1) * other.Stride + other.Columns
            && other._offset < _offset + (Rows - 1) * Stride + Columns
            && !DisjointColumns(other);
    }

    internal bool SameElements(Matrix other) =>
        ReferenceEquals(_storage, other._storage) && _offset == other._offset
        && Rows == other.Rows && Columns == other.Columns && Stride == other.Stride;

    // Two column blocks of the same parent interleave in memory without sharing an element.
    private bool DisjointColumns(Matrix other)
    {
        if (Stride != other.Stride || Stride == 0)
        {
            return false;
        }

        var shift = ((other._offset - _offset) % Stride + Stride) % Stride;
        return shift >= Columns && shift + other.Columns <= Stride;
    }

    // Apart, so that a row is short enough to be read in place.
    [DoesNotReturn]
    private void ThrowNoRow(int row) => throw new ArgumentOutOfRangeException(nameof(row), $"row {row} of a {Shape} matrix");

    private static unsafe int AlignedOffset(float[] storage)
    {
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(storage));
        var misalignment = address % Alignment;
        return misalignment == 0 ? 0 : (int)((Alignment - misalignment) / sizeof(float));
    }
}
