namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// A one-to-one assignment of a graph's rows, with the columns' prices; a row's profit at a column is the pair's value less the column's
/// price.
/// </summary>
/// <remarks>
/// At the end of <see cref="Solve"/> each row has the column of its greatest profit among its candidates, no price is negative, and the
/// price of a column that is free is zero: no other assignment within the graph has a larger sum. More pairs, and it is solved again from
/// the prices that it had.
/// </remarks>
internal sealed class SparseAssignment
{
    // A profit counts as the greatest when only the rounding of many additions parts it from that.
    private const double Rounding = 1e-13;

    public SparseAssignment(CandidateGraph graph)
    {
        Graph = graph;
        ColumnOfRow = new int[graph.Rows];
        ValueOfRow = new float[graph.Rows];
        RowOfColumn = new int[graph.Columns];
        Price = new double[graph.Columns];
        Array.Fill(ColumnOfRow, -1);
        Array.Fill(RowOfColumn, -1);
    }

    public CandidateGraph Graph { get; private set; }

    public int[] ColumnOfRow { get; }

    /// <summary>Value of each row's pair.</summary>
    public float[] ValueOfRow { get; }

    public int[] RowOfColumn { get; }

    /// <summary>Never negative.</summary>
    public double[] Price { get; }

    /// <summary>Profit of a row that is assigned.</summary>
    public double Profit(int row) => ValueOfRow[row] - Price[ColumnOfRow[row]];

    public double GreatestProfit(int row)
    {
        var greatest = double.NegativeInfinity;
        for (var at = Graph.Start[row]; at < Graph.Start[row + 1]; at++)
        {
            greatest = Math.Max(greatest, Graph.Value[at] - Price[Graph.Column[at]]);
        }

        return greatest;
    }

    public void Assign(int row, int column, float value)
    {
        ColumnOfRow[row] = column;
        ValueOfRow[row] = value;
        RowOfColumn[column] = row;
    }

    /// <summary>Takes more pairs in; rows that would rather have one of them are free until the next <see cref="Solve"/>.</summary>
    public void Extend(CandidatePairs more)
    {
        Graph = Graph.With(more);
        for (var row = 0; row < Graph.Rows; row++)
        {
            if (ColumnOfRow[row] >= 0 && Profit(row) < GreatestProfit(row) - Rounding)
            {
                RowOfColumn[ColumnOfRow[row]] = -1;
                ColumnOfRow[row] = -1;
            }
        }
    }

    /// <summary>Assigns all rows with the largest sum.</summary>
    /// <param name="cancellation">Asked between the paths.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public void Solve(CancellationToken cancellation)
    {
        SparseRowReduction.Run(this);
        var path = new SparseAugmentingPath(this);
        for (var row = 0; row < Graph.Rows; row++)
        {
            if (ColumnOfRow[row] < 0)
            {
                cancellation.ThrowIfCancellationRequested();
                path.Augment(row);
            }
        }

        ReleaseColumns(cancellation);
    }

    // A column that a row has left, and that no other took, keeps its price from before.
    private void ReleaseColumns(CancellationToken cancellation)
    {
        ColumnRelease? release = null;
        for (var column = 0; column < Graph.Columns; column++)
        {
            if (RowOfColumn[column] < 0 && Price[column] > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                release ??= new ColumnRelease(this);
                release.Release(column);
            }
        }
    }
}
