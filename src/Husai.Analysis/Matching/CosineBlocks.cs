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
internal sealed class CosineBlocks(Matrix first, Matrix second, Workers workers)
{
    // Of so many blocks of rows a copy of length 1 is in memory at a time.
    private const int PartRows = 64 * MatrixProduct.CachedBlockRows;

    private readonly PackedMatrix _second = PackedMatrix.FromUnitRows(second, workers);

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
            var firstRow = start;
            var part = UnitRows.Of(first.SliceRows(start, Math.Min(PartRows, Rows - start)), workers);
            MatrixProduct.VisitBlocks(
                part, _second, default, MatrixProduct.CachedBlockRows, MatrixProduct.CachedBlockColumns,
                (row, column, block, worker) => visitor(firstRow + row, column, block, worker), workers);
        }

        progress?.Invoke(1);
    }
}
