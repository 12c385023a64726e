using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Matching;

/// <summary>
/// All cosines between the rows of two matrices, shown block by block and never stored: to the bits of <see cref="CosineMatrix"/>.
/// </summary>
/// <param name="first"><c>[rows, width]</c>, no zero row.</param>
/// <param name="second"><c>[columns, width]</c>, no zero row.</param>
/// <param name="workers">Threads to use; their token ends a visit early.</param>
/// <param name="order">Rows of the second matrix in the order in which they are shown; as they stand by default.</param>
internal sealed class CosineBlocks(Matrix first, Matrix second, Workers workers, int[]? order = null)
{
    // Of so many blocks of rows a copy of length 1 is in memory at a time.
    private const int PartRows = 64 * MatrixProduct.CachedBlockRows;

    private readonly PackedMatrix _second = PackedMatrix.FromUnitRows(second, workers, order);

    public int Rows => first.Rows;

    public int Columns => _second.Columns;

    /// <summary>Shows all cosines once: the blocks of a row in order, all on one thread.</summary>
    /// <param name="visitor">Called once for each block.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    public void Visit(BlockVisitor visitor, Action<double>? progress)
    {
        for (var start = 0; start < Rows; start += PartRows)
        {
            progress?.Invoke(start / (double)Rows);
            Visit(first.SliceRows(start, Math.Min(PartRows, Rows - start)).Clone(), start, visitor);
        }

        progress?.Invoke(1);
    }

    /// <summary>Shows of some rows at least the cosines that are wanted; rows beside each other should want about the same.</summary>
    /// <param name="rows">The rows, in the order in which they are shown: the visitor is told their places in it.</param>
    /// <param name="wanted">For each place the columns, from one to before another.</param>
    /// <param name="visitor">Called once for each block: those of a row in order, all on one thread.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    public void VisitWanted(int[] rows, (int From, int To)[] wanted, BlockVisitor visitor, Action<double>? progress)
    {
        var blocks = wanted.Chunk(MatrixProduct.CachedBlockRows)
            .Select(block => (From: block.Min(columns => columns.From), To: block.Max(columns => columns.To))).ToArray();
        var (all, done) = (blocks.Sum(block => (long)(block.To - block.From)), 0L);
        for (var start = 0; start < rows.Length; start += PartRows)
        {
            progress?.Invoke(done / (double)Math.Max(1, all));
            var firstBlock = start / MatrixProduct.CachedBlockRows;
            var part = first.ChosenRows(rows.AsSpan(start, Math.Min(PartRows, rows.Length - start)));
            Visit(part, start, visitor, block => blocks[firstBlock + block]);
            done += blocks.Skip(firstBlock).Take(PartRows / MatrixProduct.CachedBlockRows).Sum(block => (long)(block.To - block.From));
        }

        progress?.Invoke(1);
    }

    private void Visit(Matrix part, int firstRow, BlockVisitor visitor, Func<int, (int From, int To)>? columnsOfBlock = null)
    {
        UnitRows.Normalise(part, workers);
        MatrixProduct.VisitBlocks(
            part, _second, default, MatrixProduct.CachedBlockRows, MatrixProduct.CachedBlockColumns,
            (row, column, block, worker) => visitor(firstRow + row, column, block, worker), workers, columnsOfBlock);
    }
}
