using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Products;

/// <summary>Sees a finished block of rows of a product while it is in cache.</summary>
/// <param name="firstRow">Row of the product that the block's first row is.</param>
/// <param name="block"><c>[rows, columns]</c> of the product; scratch memory that may be overwritten, valid during the call only.</param>
/// <param name="worker">Number of the thread in [0, workers.Threads), for scratch memory of the visitor's own.</param>
internal delegate void RowBlockVisitor(int firstRow, Matrix block, int worker);

/// <summary>Sees a finished block of a product while it is in cache.</summary>
/// <param name="firstRow">Row of the product that the block's first row is.</param>
/// <param name="firstColumn">Column of the product that the block's first column is.</param>
/// <param name="block">Part of the product; scratch memory that may be overwritten, valid during the call only.</param>
/// <param name="worker">Number of the thread in [0, workers.Threads), for scratch memory of the visitor's own.</param>
internal delegate void BlockVisitor(int firstRow, int firstColumn, Matrix block, int worker);

internal static partial class MatrixProduct
{
    /// <summary>Rows of a block that lies in the second-level cache, beside what makes it, while it is read.</summary>
    public const int CachedBlockRows = 144;

    /// <summary>Columns of a block that lies in the second-level cache, beside what makes it, while it is read.</summary>
    public const int CachedBlockColumns = 1024;

    /// <summary>
    /// Computes <c>left x right + bias</c> block of rows by block of rows, shows each to a visitor, and keeps none of it.
    /// </summary>
    /// <param name="left"><c>[rows, inner]</c>.</param>
    /// <param name="right">Packed <c>[inner, columns]</c>.</param>
    /// <param name="bias">Empty, or one value for each column.</param>
    /// <param name="rowsPerBlock">Rows of a block (the last may have fewer); rowsPerBlock x columns floats should fit the second-level
    /// cache.</param>
    /// <param name="visitor">Called once for each block, by several threads at once for different blocks.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static void VisitRowBlocks(
        Matrix left, PackedMatrix right, ReadOnlySpan<float> bias, int rowsPerBlock, RowBlockVisitor visitor, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        VisitBlocks(left, right, bias, rowsPerBlock, int.MaxValue, (row, _, block, worker) => visitor(row, block, worker), workers);
    }

    /// <summary>
    /// As <see cref="VisitRowBlocks"/>, but shows each block of rows in parts of at most <paramref name="columnsPerBlock"/> columns, in
    /// order and all on one thread, for products whose rows are too long to keep a whole block of them in cache.
    /// </summary>
    /// <param name="left"><c>[rows, inner]</c>.</param>
    /// <param name="right">Packed <c>[inner, columns]</c>.</param>
    /// <param name="bias">Empty, or one value for each column.</param>
    /// <param name="rowsPerBlock">Rows of a block; the last may have fewer.</param>
    /// <param name="columnsPerBlock">Columns of a part, rounded up to whole panels; the last may have fewer.</param>
    /// <param name="visitor">Called once for each part.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="columnsOfBlock">For the number of a block of rows the columns that are wanted of it, by default all: from one to before
    /// another, both in [0, columns]. Whole panels are shown.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A block size is below 1.</exception>
    public static unsafe void VisitBlocks(
        Matrix left, PackedMatrix right, ReadOnlySpan<float> bias, int rowsPerBlock, int columnsPerBlock, BlockVisitor visitor,
        Workers? workers = null, Func<int, (int From, int To)>? columnsOfBlock = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerBlock, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columnsPerBlock, 1);
        RequireFit(left, right);
        if (!bias.IsEmpty)
        {
            Require.Length(bias.Length, right.Columns, nameof(bias));
        }

        fixed (float* biasStart = bias)
        {
            var biasAddress = (nint)biasStart;
            var blocks = (left.Rows + rowsPerBlock - 1) / rowsPerBlock;
            (workers ?? Workers.Alone).For(blocks, (block, worker) =>
            {
                var row = block * rowsPerBlock;
                var rows = left.SliceRows(row, Math.Min(rowsPerBlock, left.Rows - row));
                new RowBlockProduct(rows, right, (float*)biasAddress, columnsPerBlock).Visit(
                    row, columnsOfBlock?.Invoke(block) ?? (0, right.Columns), worker, visitor);
            });
        }
    }

    /// <summary>
    /// Computes <c>result = left x right</c>, or adds it, on the calling thread: to the bits of
    /// <see cref="Multiply(Matrix, Matrix, Matrix, ProductForm, bool, ReadOnlySpan{float}, Activation, Workers?)"/>, without packing the
    /// right operand again, for the few rows that a thread holds in its cache.
    /// </summary>
    /// <param name="result"><c>[rows, columns]</c>; may not share memory with <paramref name="left"/>.</param>
    /// <param name="left"><c>[rows, inner]</c>.</param>
    /// <param name="right">Packed <c>[inner, columns]</c>.</param>
    /// <param name="accumulate">Whether to add to what <paramref name="result"/> holds.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Shapes do not fit, or the result shares memory with the left operand.</exception>
    public static unsafe void Multiply(Matrix result, Matrix left, PackedMatrix right, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        RequireFit(left, right);
        Require.Shape(result, left.Rows, right.Columns);
        Require.Apart(result, left);
        new RowBlockProduct(left, right, null, int.MaxValue).Into(result, accumulate);
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        GC.KeepAlive(result);
    }

    private static void RequireFit(Matrix left, PackedMatrix right)
    {
        if (left.Columns != right.Inner)
        {
            throw new ArgumentException(
                $"left {left.Shape} does not fit the packed right operand [{right.Inner}, {right.Columns}]", nameof(left));
        }
    }
}
