namespace Husai.Numerics;

/// <summary>Sums of fixed shape: the same bits on every tier and with any number of threads.</summary>
public static class Reductions
{
    /// <summary>Sum in double precision.</summary>
    public static double Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var v in values)
        {
            sum += v;
        }

        return sum;
    }

    /// <summary>Sum of squares in double precision.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> values) => Dot(values, values);

    /// <summary>Inner product in double precision.</summary>
    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }

    /// <summary>Sum of each column in double precision.</summary>
    public static void ColumnSums(Span<double> result, Matrix matrix, Workers? workers = null)
    {
        result.Clear();
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var i = 0; i < matrix.Columns; i++)
            {
                result[i] += matrix[row, i];
            }
        }
    }

    /// <summary>Sum of each column, rounded to single precision; adds to <paramref name="result"/> if <paramref name="accumulate"/>.</summary>
    public static void ColumnSums(Span<float> result, Matrix matrix, bool accumulate = false, Workers? workers = null)
    {
        var sums = new double[matrix.Columns];
        ColumnSums(sums, matrix, workers);
        for (var i = 0; i < sums.Length; i++)
        {
            result[i] = (accumulate ? result[i] : 0) + (float)sums[i];
        }
    }

    /// <summary>Sum of squares of each row, in double precision.</summary>
    public static void RowSumsOfSquares(Span<double> result, Matrix matrix, Workers? workers = null)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            result[row] = SumOfSquares(matrix.Row(row));
        }
    }
}
