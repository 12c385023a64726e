using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>
/// Sums in double precision, of fixed shape: element i of a row goes to lane i mod 16 and the lanes are added pairwise; rows are
/// added in blocks that depend on the shape alone. The same bits on every tier and with any number of threads.
/// </summary>
internal static unsafe class Reductions
{
    /// <summary>Sum in double precision; 0 of nothing.</summary>
    public static double Sum(ReadOnlySpan<float> values)
    {
        fixed (float* pointer = values)
        {
            return RowSums.Sum(pointer, values.Length);
        }
    }

    /// <summary>Sum of squares in double precision; 0 of nothing.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> values) => Dot(values, values);

    /// <summary>Sum of squares of all elements: the rows' sums, added in order.</summary>
    /// <param name="matrix"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    public static double SumOfSquares(Matrix matrix, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var rows = new double[matrix.Rows];
        RowSumsOfSquares(rows, matrix, workers);
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += row;
        }

        return sum;
    }

    /// <summary>Inner product in double precision; 0 of nothing.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Require.SameLength(left, right);
        fixed (float* leftPointer = left, rightPointer = right)
        {
            return RowSums.Dot(leftPointer, rightPointer, left.Length);
        }
    }

    /// <summary>Inner products of one row with several rows of a matrix, each with the bits of <see cref="Dot"/>.</summary>
    /// <param name="results">One for each of the rows.</param>
    /// <param name="left">As long as the matrix is wide.</param>
    /// <param name="matrix"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The matrix has no such row.</exception>
    public static void Dots(Span<double> results, ReadOnlySpan<float> left, Matrix matrix, ReadOnlySpan<int> rows)
    {
        Require.Length<double>(results, rows.Length);
        var n = 0;
        for (; n + 4 <= rows.Length; n += 4)
        {
            Require.SameLength(left, matrix.Row(rows[n]));
            fixed (float* pointer = left, first = matrix.Row(rows[n]), second = matrix.Row(rows[n + 1]))
            fixed (float* third = matrix.Row(rows[n + 2]), fourth = matrix.Row(rows[n + 3]))
            fixed (double* target = results[n..])
            {
                RowSums.DotFour(target, pointer, first, second, third, fourth, left.Length);
            }
        }

        for (; n < rows.Length; n++)
        {
            results[n] = Dot(left, matrix.Row(rows[n]));
        }
    }

    /// <summary>Sum of each column in double precision.</summary>
    /// <param name="result">One for each column.</param>
    /// <param name="matrix"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="result"/> has another length than a row.</exception>
    public static void ColumnSums(Span<double> result, Matrix matrix, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Require.Length<double>(result, matrix.Columns);
        ColumnAccumulator.Sum(result, matrix, workers);
    }

    /// <summary>
    /// Sum of each column, rounded to single precision; adds to <paramref name="result"/> if <paramref name="accumulate"/>.
    /// </summary>
    /// <param name="result">One for each column.</param>
    /// <param name="matrix"><c>[rows, columns]</c>.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="result"/> has another length than a row, or lies in the matrix.</exception>
    public static void ColumnSums(Span<float> result, Matrix matrix, bool accumulate = false, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Require.Length<float>(result, matrix.Columns);
        Require.Apart(result, matrix);
        var sums = new double[matrix.Columns];
        ColumnAccumulator.Sum(sums, matrix, workers);
        for (var i = 0; i < sums.Length; i++)
        {
            result[i] = accumulate ? result[i] + (float)sums[i] : (float)sums[i];
        }
    }

    /// <summary>Sum of squares of each row, in double precision.</summary>
    /// <param name="result">One for each row.</param>
    /// <param name="matrix"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="result"/> has another length than a column.</exception>
    public static void RowSumsOfSquares(Span<double> result, Matrix matrix, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Require.Length<double>(result, matrix.Rows);
        fixed (double* pinned = result)
        {
            var sums = pinned;
            RowBlocks.For(matrix.Rows, matrix.Columns, workers, (first, end) =>
            {
                for (var row = first; row < end; row++)
                {
                    sums[row] = RowSums.Dot(matrix.RowPointer(row), matrix.RowPointer(row), matrix.Columns);
                }
            });
        }
    }
}
