using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Geometry;

/// <summary>
/// A symmetric matrix as Q T Qᵀ with T tridiagonal, by Householder reflections (Golub and Van Loan 2013, section 8.3.1). Every element of the result is one chain of operations
/// of a fixed order, so threads do not matter.
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
        var product = new double[n];
        for (var k = 0; k < n; k++)
        {
            diagonal[k] = rows[k][k];
            if (k == n - 1)
            {
                break;
            }

            var (normal, scale, image) = Reflection(rows[k], k + 1);
            (reflections[k], scales[k], offDiagonal[k]) = (normal, scale, image);
            if (scale == 0)
            {
                continue;
            }

            ForRows(crew, k + 1, n, i => product[i] = scale * Dot(rows[i], normal, k + 1));
            var half = scale / 2 * Dot(product, normal, k + 1);
            for (var i = k + 1; i < n; i++)
            {
                product[i] -= half * normal[i];
            }

            ForRows(crew, k + 1, n, i => SubtractMultiples(rows[i], product, normal[i], normal, product[i], k + 1));
        }

        return new Tridiagonal(diagonal, offDiagonal, reflections, scales, crew);
    }

    /// <summary>Qᵀ, one array a row.</summary>
    public double[][] Transformation()
    {
        var n = Diagonal.Length;
        var result = new double[n][];
        ForRows(_workers, 0, n, i =>
        {
            // Row i of the identity times the reflections from the last to the first: those from i on leave it as it is.
            var row = result[i] = new double[n];
            row[i] = 1;
            for (var k = Math.Min(i, n - 1) - 1; k >= 0; k--)
            {
                if (_scales[k] != 0)
                {
                    AddMultiple(row, _reflections[k], -_scales[k] * Dot(row, _reflections[k], k + 1), k + 1);
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

    // v, 2 / vᵀv and the image of the row's part from start on, all of it at start.
    private static (double[] Normal, double Scale, double Image) Reflection(double[] row, int start)
    {
        var normal = new double[row.Length];
        Array.Copy(row, start, normal, start, row.Length - start);
        var norm = Math.Sqrt(Dot(normal, normal, start));
        if (norm == 0 || start == row.Length - 1)
        {
            return (normal, 0, row[start]);
        }

        var image = normal[start] > 0 ? -norm : norm;
        normal[start] -= image;
        var square = Dot(normal, normal, start);
        return square == 0 ? (normal, 0, row[start]) : (normal, 2 / square, image);
    }

    private static double Dot(double[] left, double[] right, int start)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(left);
        ref var second = ref MemoryMarshal.GetArrayDataReference(right);
        Vector512<double> even = default, odd = default;
        var i = start;
        for (; i <= left.Length - 16; i += 16)
        {
            even += Vector512.LoadUnsafe(ref first, (nuint)i) * Vector512.LoadUnsafe(ref second, (nuint)i);
            odd += Vector512.LoadUnsafe(ref first, (nuint)i + 8) * Vector512.LoadUnsafe(ref second, (nuint)i + 8);
        }

        var sum = Vector512.Sum(even + odd);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void AddMultiple(double[] target, double[] source, double factor, int start)
    {
        ref var to = ref MemoryMarshal.GetArrayDataReference(target);
        ref var from = ref MemoryMarshal.GetArrayDataReference(source);
        var factors = Vector512.Create(factor);
        var i = start;
        for (; i <= target.Length - 8; i += 8)
        {
            (Vector512.LoadUnsafe(ref to, (nuint)i) + factors * Vector512.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static void SubtractMultiples(double[] target, double[] first, double firstFactor, double[] second, double secondFactor, int start)
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
}
