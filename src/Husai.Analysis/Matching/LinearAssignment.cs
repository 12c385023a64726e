using Husai.Numerics.Matrices;

namespace Husai.Analysis.Matching;

/// <summary>
/// The assignment problem: a different column for each row such that the sum of the chosen elements is as large as possible.
/// </summary>
/// <remarks>
/// Augmenting row reduction, then shortest augmenting paths (Jonker and Volgenant 1987; the first phase works on rectangular
/// problems because it starts from column prices of zero, which columns that stay free keep). Prices are doubles, memory beyond the
/// matrix is linear, and equal choices go to the lower index, so the result is the same everywhere.
/// </remarks>
internal static class LinearAssignment
{
    /// <summary>Finds the column of each row.</summary>
    /// <param name="values"><c>[rows, columns]</c> with rows at most columns, all finite.</param>
    /// <param name="cancellation">Asked before each of the rows that need a path search, in which nearly all of the time goes.</param>
    /// <returns>The column of each row, all different.</returns>
    /// <exception cref="ArgumentException">There are more rows than columns.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static int[] Maximise(Matrix values, CancellationToken cancellation = default) => Maximise(values, out _, out _, cancellation);

    /// <summary>
    /// Finds the column of each row, and prices that prove it optimal: <c>value &lt;= rowPrice + columnPrice</c> everywhere, with equality
    /// at the chosen elements.
    /// </summary>
    internal static int[] Maximise(
        Matrix values, out double[] rowPrices, out double[] columnPrices, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Rows > values.Columns)
        {
            throw new ArgumentException($"{values.Shape} has more rows than columns: transpose it", nameof(values));
        }

        var state = new AssignmentState(values);
        var free = state.Columns > 1 ? RowReduction.Run(state) : [.. Enumerable.Range(0, state.Rows)];
        var search = new ShortestAugmentingPath(state);
        foreach (var row in free)
        {
            cancellation.ThrowIfCancellationRequested();
            search.Augment(row);
        }

        rowPrices = new double[state.Rows];
        columnPrices = new double[state.Columns];
        for (var row = 0; row < state.Rows; row++)
        {
            rowPrices[row] = -state.ReducedCost(row, state.ColumnOfRow[row]);
        }

        for (var column = 0; column < state.Columns; column++)
        {
            columnPrices[column] = -state.Potential[column];
        }

        return state.ColumnOfRow;
    }
}
