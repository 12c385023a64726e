using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Products;

/// <summary>
/// Nearest neighbours by cosine between the rows of two matrices, in both directions, from one blocked product of which nothing is stored.
/// </summary>
internal static class CosineMaximum
{
    // Squared norms between which rows are taken as they are.
    private const double LowestSquare = 1e-20;
    private const double HighestSquare = 1e20;

    /// <summary>Finds for each row of either matrix the row of the other with the greatest cosine or absolute cosine.</summary>
    /// <param name="left"><c>[m, width]</c>.</param>
    /// <param name="right"><c>[n, width]</c>.</param>
    /// <param name="absolute">Whether directions of opposite sign count as alike.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told the share that is done, on the calling thread; or null.</param>
    /// <remarks>
    /// A row of zeros has similarity 0 to every row. Memory beyond the operands: one packed copy of <paramref name="right"/>, a block for
    /// each thread, and a copy of a matrix with norms below 1e-10 or above 1e10.
    /// </remarks>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The widths differ, or a matrix has no rows.</exception>
    public static CosineMaxima Find(
        Matrix left, Matrix right, bool absolute, Workers? workers = null, Action<double>? progress = null) =>
        Search(left, right, [absolute], workers, progress)[0];

    /// <summary>
    /// Finds for each row of either matrix the nearest row of the other by absolute cosine and that by cosine, from one product.
    /// </summary>
    /// <param name="left"><c>[m, width]</c>.</param>
    /// <param name="right"><c>[n, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told the share that is done, on the calling thread; or null.</param>
    /// <returns>The same bits as two calls of <see cref="Find"/>, in little more than half their time.</returns>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The widths differ, or a matrix has no rows.</exception>
    public static (CosineMaxima Absolute, CosineMaxima Signed) FindAbsoluteAndSigned(
        Matrix left, Matrix right, Workers? workers = null, Action<double>? progress = null)
    {
        var maxima = Search(left, right, [true, false], workers, progress);
        return (maxima[0], maxima[1]);
    }

    private static CosineMaxima[] Search(Matrix left, Matrix right, bool[] absolute, Workers? workers, Action<double>? progress)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Columns != right.Columns)
        {
            throw new ArgumentException($"left {left.Shape} and right {right.Shape} differ in width", nameof(right));
        }

        if (left.Rows == 0 || right.Rows == 0)
        {
            throw new ArgumentException($"left {left.Shape} and right {right.Shape}: both need rows", nameof(left));
        }

        workers ??= Workers.Alone;
        (left, var leftScale) = Prepare(left, workers);
        (right, var rightScale) = Prepare(right, workers);
        var searches = Array.ConvertAll(absolute, isAbsolute => new CosineSearch(left.Rows, right.Rows, isAbsolute, workers.Threads));
        var packed = PackedMatrix.FromTransposed(right, workers);
        var begun = 0;
        MatrixProduct.VisitBlocks(
            left, packed, default, MatrixProduct.CachedBlockRows, MatrixProduct.CachedBlockColumns,
            (firstRow, firstColumn, block, worker) =>
            {
                // The first worker is the calling thread.
                var rows = firstColumn == 0 ? Interlocked.Add(ref begun, block.Rows) - block.Rows : 0;
                if (firstColumn == 0 && worker == 0)
                {
                    progress?.Invoke(rows / (double)left.Rows);
                }

                // The block is read from the cache each time.
                foreach (var search in searches)
                {
                    search.Scan(block, firstRow, firstColumn, leftScale, rightScale, worker);
                }
            },
            workers);
        return Array.ConvertAll(searches, search => search.Result());
    }

    // Rows whose inner products cannot overflow or lose digits, and one over their norms.
    private static (Matrix Rows, float[] InverseNorms) Prepare(Matrix rows, Workers workers)
    {
        var squares = new double[rows.Rows];
        Reductions.RowSumsOfSquares(squares, rows, workers);
        if (squares.Any(IsExtreme))
        {
            rows = rows.Clone();
            for (var row = 0; row < rows.Rows; row++)
            {
                if (IsExtreme(squares[row]))
                {
                    // By a power of two: no digit changes, and neither does any cosine.
                    var exponent = -Math.ILogB(Math.Sqrt(squares[row]));
                    foreach (ref var value in rows.Row(row))
                    {
                        value = (float)Math.ScaleB(value, exponent);
                    }

                    squares[row] = Math.ScaleB(squares[row], 2 * exponent);
                }
            }
        }

        return (rows, Array.ConvertAll(squares, square => square == 0 ? 0f : (float)(1 / Math.Sqrt(square))));
    }

    private static bool IsExtreme(double square) => square is (> 0 and < LowestSquare) or (> HighestSquare and < double.PositiveInfinity);
}
