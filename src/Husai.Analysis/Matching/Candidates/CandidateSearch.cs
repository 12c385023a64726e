using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// All cosines between the rows of two matrices, shown block by block and never stored: to the bits of <see cref="CosineMatrix"/>.
/// </summary>
internal sealed class CandidateSearch
{
    // Of so many blocks of rows a copy of length 1 is in memory at a time.
    private const int PartRows = 64 * MatrixProduct.CachedBlockRows;

    private readonly Matrix _first;
    private readonly PackedMatrix _second;
    private readonly Workers _workers;
    private readonly bool _isAbsolute;

    /// <param name="first"><c>[rows, width]</c>, no zero row.</param>
    /// <param name="second"><c>[columns, width]</c>, no zero row.</param>
    /// <param name="isAbsolute">Whether the absolute cosine counts.</param>
    /// <param name="workers">Threads to use; their token ends a search early.</param>
    public CandidateSearch(Matrix first, Matrix second, bool isAbsolute, Workers workers)
    {
        (_first, _workers, _isAbsolute) = (first, workers, isAbsolute);
        _second = PackedMatrix.FromUnitRows(second, workers);
    }

    public int Rows => _first.Rows;

    public int Columns => _second.Columns;

    /// <summary>Reads all cosines once.</summary>
    /// <param name="price">Price of each column.</param>
    /// <param name="floor">Profit of each row above which columns are kept.</param>
    /// <param name="keptOfRow">Columns that a row keeps.</param>
    /// <param name="keptOfColumn">Rows that a column keeps.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    public PricedColumns Find(double[] price, double[] floor, int keptOfRow, int keptOfColumn, Action<double>? progress)
    {
        var found = new PricedColumns(Rows, price, floor, keptOfRow, keptOfColumn, _isAbsolute, _workers.Threads);
        for (var start = 0; start < Rows; start += PartRows)
        {
            progress?.Invoke(start / (double)Rows);
            var firstRow = start;
            var part = UnitRows.Of(_first.SliceRows(start, Math.Min(PartRows, Rows - start)), _workers);
            MatrixProduct.VisitBlocks(
                part, _second, default, MatrixProduct.CachedBlockRows, MatrixProduct.CachedBlockColumns,
                (row, column, block, worker) => found.Scan(block, firstRow + row, column, worker), _workers);
        }

        progress?.Invoke(1);
        return found;
    }
}
