using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Geometry;

/// <summary>Triangular square roots of symmetric matrices.</summary>
internal static class Cholesky
{
    // Pivots below this share of the largest diagonal element are rounding error: directions without variance get no part in the root.
    private const double Negligible = 1e-12;
    private const int RowsPerTask = 16;

    /// <summary>The lower triangular L with L Lᵀ = the matrix, <c>[width, width]</c>, computed in double precision.</summary>
    /// <param name="matrix">Symmetric, no negative eigenvalue beyond rounding; the lower triangle is read.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="bandwidth">Elements farther than this from the diagonal are zero, in the matrix and in its root; by default none is
    /// known to be.</param>
    public static Matrix Root(double[,] matrix, Workers? workers = null, int bandwidth = int.MaxValue)
    {
        var width = matrix.GetLength(0);
        bandwidth = Math.Min(bandwidth, width);
        var negligible = Negligible * Enumerable.Range(0, width).Max(i => matrix[i, i]);
        var factor = new double[width][];
        for (var i = 0; i < width; i++)
        {
            factor[i] = new double[i + 1];
        }

        for (var column = 0; column < width; column++)
        {
            var j = column;
            var start = Math.Max(0, j - bandwidth);
            var rest = matrix[j, j] - InnerProduct.InEightLanes(factor[j].AsSpan(start, j - start), factor[j].AsSpan(start, j - start));
            var pivot = factor[j][j] = rest > negligible ? Math.Sqrt(rest) : 0;
            var end = Math.Min(width, j + 1 + bandwidth);
            (workers ?? Workers.Alone).For((end - j - 1 + RowsPerTask - 1) / RowsPerTask, (task, _) =>
            {
                var first = j + 1 + task * RowsPerTask;
                for (var i = first; i < Math.Min(end, first + RowsPerTask); i++)
                {
                    var from = Math.Min(j, Math.Max(0, i - bandwidth));
                    var covered = InnerProduct.InEightLanes(factor[i].AsSpan(from, j - from), factor[j].AsSpan(from, j - from));
                    factor[i][j] = pivot > 0 ? (matrix[i, j] - covered) / pivot : 0;
                }
            });
        }

        var result = new Matrix(width, width);
        for (var i = 0; i < width; i++)
        {
            for (var j = Math.Max(0, i - bandwidth); j <= i; j++)
            {
                result.Row(i)[j] = (float)factor[i][j];
            }
        }

        return result;
    }
}
