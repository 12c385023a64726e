using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Similarity;

/// <summary>The rows nearest to one direction, by signed cosine.</summary>
internal static class NearestRows
{
    /// <summary>Finds them.</summary>
    /// <param name="direction">The direction, of any length but 0.</param>
    /// <param name="rows"><c>[rows, width]</c>; a zero row has no direction and is left out.</param>
    /// <param name="count">Most rows to find.</param>
    /// <param name="candidates">Which rows may be found; all by default.</param>
    /// <param name="norms">Length of each row, where it is known: they are then not computed again.</param>
    /// <returns>Rows with their cosines, the nearest first; of equal ones the lower index.</returns>
    /// <exception cref="ArgumentException">The widths differ, or there is not one norm for each row.</exception>
    public static IReadOnlyList<(int Row, double Cosine)> Of(
        ReadOnlySpan<float> direction, Matrix rows, int count, Func<int, bool>? candidates = null, double[]? norms = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (direction.Length != rows.Columns)
        {
            throw new ArgumentException($"the direction has width {direction.Length} but the rows are {rows.Shape}", nameof(rows));
        }

        if (norms is not null && norms.Length != rows.Rows)
        {
            throw new ArgumentException($"{norms.Length} norms for rows of shape {rows.Shape}", nameof(norms));
        }

        var norm = Math.Sqrt(Reductions.SumOfSquares(direction));
        var found = new PriorityQueue<int, (double Cosine, int Order)>();
        for (var row = 0; row < rows.Rows; row++)
        {
            var length = norms?[row] ?? Math.Sqrt(Reductions.SumOfSquares(rows.Row(row)));
            if (length == 0 || norm == 0 || candidates?.Invoke(row) == false)
            {
                continue;
            }

            found.Enqueue(row, (Reductions.Dot(direction, rows.Row(row)) / (norm * length), -row));
            if (found.Count > count)
            {
                found.Dequeue();
            }
        }

        var result = new (int Row, double Cosine)[found.Count];
        for (var index = result.Length - 1; index >= 0; index--)
        {
            found.TryDequeue(out var row, out var order);
            result[index] = (row, order.Cosine);
        }

        return result;
    }
}
