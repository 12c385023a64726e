namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// Augmenting row reduction on a sparse graph, as <see cref="RowReduction"/> on a dense matrix: each free row takes the column of its
/// greatest profit and raises that column's price until the second greatest is as good; a row that loses its column tries again.
/// </summary>
internal static class SparseRowReduction
{
    private const int Passes = 3;
    private const int ScansPerRow = 16;

    public static void Run(SparseAssignment assignment)
    {
        // Prices can creep in tiny steps; the path searches finish what a bounded number of scans has not.
        var budget = (long)ScansPerRow * assignment.Graph.Rows;
        for (var pass = 0; pass < Passes; pass++)
        {
            for (var start = 0; start < assignment.Graph.Rows && budget > 0; start++)
            {
                for (var row = start; row >= 0 && assignment.ColumnOfRow[row] < 0 && budget > 0; budget--)
                {
                    row = Take(assignment, row);
                }
            }
        }
    }

    /// <summary>Returns the row that lost its column and shall try next, or -1.</summary>
    private static int Take(SparseAssignment assignment, int row)
    {
        var graph = assignment.Graph;
        var price = assignment.Price;
        var (first, second) = (double.NegativeInfinity, double.NegativeInfinity);
        var best = -1;
        for (var at = graph.Start[row]; at < graph.Start[row + 1]; at++)
        {
            var profit = graph.Value[at] - price[graph.Column[at]];
            if (profit > first || (profit == first && IsTaken(assignment, best) && !IsTaken(assignment, at)))
            {
                (first, second, best) = (profit, first, at);
            }
            else
            {
                second = Math.Max(second, profit);
            }
        }

        var column = graph.Column[best];
        var displaced = assignment.RowOfColumn[column];
        var raised = second == double.NegativeInfinity ? price[column] : price[column] + (first - second);
        if (displaced >= 0 && !(raised > price[column]))
        {
            // Nothing forces the other row away: this one waits for a path.
            return -1;
        }

        price[column] = raised;
        if (displaced >= 0)
        {
            assignment.ColumnOfRow[displaced] = -1;
        }

        assignment.Assign(row, column, graph.Value[best]);
        return displaced;
    }

    private static bool IsTaken(SparseAssignment assignment, int pair) => assignment.RowOfColumn[assignment.Graph.Column[pair]] >= 0;
}
