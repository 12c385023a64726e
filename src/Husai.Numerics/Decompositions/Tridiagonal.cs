using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Decompositions;

/// <summary>
/// A symmetric matrix as Q T Qᵀ with T tridiagonal, by Householder reflections (Golub and Van Loan 2013, section 8.3.1). Every element of
/// the result is one chain of operations of a fixed order, so threads do not matter.
/// </summary>
internal sealed class Tridiagonal
{
    private const int RowsPerTask = 32;

    // Below this many rows one thread is faster than two that wait for each other.
    private const int FewestRowsToShare = 256;

    private readonly double[][] _reflections;
    private readonly double[] _scales;
    private readonly Workers _workers;

    private Tridiagonal(double[] diagonal, double[] offDiagonal, double[][] reflections, double[] scales, Workers workers)
    {
        Diagonal = diagonal;
        OffDiagonal = offDiagonal;
        _reflections = reflections;
        _scales = scales;
        _workers = workers;
    }

    /// <summary>Diagonal of T.</summary>
    public double[] Diagonal { get; }

    /// <summary>Elements beside the diagonal; the last is 0.</summary>
    public double[] OffDiagonal { get; }

    /// <summary>Reduces a symmetric matrix.</summary>
    public static Tridiagonal Of(double[,] matrix, Workers? workers)
    {
        var n = matrix.GetLength(0);
        var crew = workers is null || n < FewestRowsToShare ? Workers.Alone : workers;
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            rows[i] = new double[n];
            for (var j = 0; j < n; j++)
            {
                rows[i][j] = matrix[i, j];
            }
        }

        var diagonal = new double[n];
        var offDiagonal = new double[n];
        var reflections = new double[n][];
        var scales = new double[n];
        Update? pending = null;
        for (var k = 0; k < n; k++)
        {
            pending?.Apply(rows[k], k, k);
            diagonal[k] = rows[k][k];
            if (k == n - 1)
            {
                break;
            }

            var (normal, scale, image) = Householder.Reflection(rows[k], k + 1);
            (reflections[k], scales[k], offDiagonal[k]) = (normal, scale, image);
            // The matrix is larger than the cache: a row is changed by the last reflection and multiplied by the next one in one visit.
            var product = new double[n];
            var last = pending;
            ForRows(crew, k + 1, n, i =>
            {
                last?.Apply(rows[i], i, k);
                product[i] = scale == 0 ? 0 : scale * Householder.Dot(rows[i], normal, k + 1);
            });
            pending = null;
            if (scale != 0)
            {
                var half = scale / 2 * Householder.Dot(product, normal, k + 1);
                for (var i = k + 1; i < n; i++)
                {
                    product[i] -= half * normal[i];
                }

                pending = new Update(product, normal);
            }
        }

        return new Tridiagonal(diagonal, offDiagonal, reflections, scales, crew);
    }

    /// <summary>Qᵀ, one array a row.</summary>
    public double[][] Transformation()
    {
        var n = Diagonal.Length;
        var result = new double[n][];
        _workers.For((n + RowsPerTask - 1) / RowsPerTask, (task, _) =>
        {
            var first = task * RowsPerTask;
            var end = Math.Min(n, first + RowsPerTask);
            for (var i = first; i < end; i++)
            {
                result[i] = new double[n];
                result[i][i] = 1;
            }

            // Rows of the identity times the reflections from the last to the first: those from i on leave row i as it is. The rows lie in
            // the cache meanwhile.
            for (var k = end - 2; k >= 0; k--)
            {
                for (var i = Math.Max(first, k + 1); i < end && _scales[k] != 0; i++)
                {
                    DoublePrecision.AddMultiple(
                        result[i].AsSpan(k + 1), _reflections[k].AsSpan(k + 1),
                        -_scales[k] * Householder.Dot(result[i], _reflections[k], k + 1));
                }
            }
        });
        return result;
    }

    private static void ForRows(Workers workers, int first, int end, Action<int> body) =>
        workers.For((end - first + RowsPerTask - 1) / RowsPerTask, (task, _) =>
        {
            var start = first + task * RowsPerTask;
            for (var i = start; i < Math.Min(end, start + RowsPerTask); i++)
            {
                body(i);
            }
        });

    private static void SubtractMultiples(
        double[] target, double[] first, double firstFactor, double[] second, double secondFactor, int start)
    {
        ref var to = ref MemoryMarshal.GetArrayDataReference(target);
        ref var one = ref MemoryMarshal.GetArrayDataReference(first);
        ref var other = ref MemoryMarshal.GetArrayDataReference(second);
        var (ones, others) = (Vector512.Create(firstFactor), Vector512.Create(secondFactor));
        var i = start;
        for (; i <= target.Length - 8; i += 8)
        {
            (Vector512.LoadUnsafe(ref to, (nuint)i) - ones * Vector512.LoadUnsafe(ref one, (nuint)i)
                - others * Vector512.LoadUnsafe(ref other, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < target.Length; i++)
        {
            target[i] = target[i] - firstFactor * first[i] - secondFactor * second[i];
        }
    }

    // What a reflection does to the rows of the matrix.
    private sealed record Update(double[] Product, double[] Normal)
    {
        public void Apply(double[] row, int number, int start) =>
            SubtractMultiples(row, Product, Normal[number], Normal, Product[number], start);
    }
}
