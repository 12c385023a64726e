using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Matching.Candidates;

/// <summary>Finds the pairs of rows that are worth a look at given prices, among all cosines of two matrices.</summary>
/// <param name="first"><c>[rows, width]</c>, no zero row.</param>
/// <param name="second"><c>[columns, width]</c>, no zero row.</param>
/// <param name="isAbsolute">Whether the absolute cosine counts.</param>
/// <param name="workers">Threads to use; their token ends a search early.</param>
internal sealed class CandidateSearch(Matrix first, Matrix second, bool isAbsolute, Workers workers)
{
    private readonly CosineBlocks _cosines = new(first, second, workers);

    public int Rows => _cosines.Rows;

    public int Columns => _cosines.Columns;

    /// <summary>Reads all cosines once.</summary>
    /// <param name="price">Price of each column.</param>
    /// <param name="floor">Profit of each row above which columns are kept.</param>
    /// <param name="keptOfRow">Columns that a row keeps.</param>
    /// <param name="keptOfColumn">Rows that a column keeps.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    public PricedColumns Find(double[] price, double[] floor, int keptOfRow, int keptOfColumn, Action<double>? progress)
    {
        var found = new PricedColumns(Rows, price, floor, keptOfRow, keptOfColumn, isAbsolute, workers.Threads);
        _cosines.Visit((row, column, block, worker) => found.Scan(block, row, column, worker), progress);
        return found;
    }
}
