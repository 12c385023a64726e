using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations hold a value that is not a number, or infinite: nothing can be learnt from them or measured on them.</summary>
public sealed class NonFiniteActivationsException : Exception
{
    internal NonFiniteActivationsException(int row, int column, float value)
        : base(FormattableString.Invariant(
            $"row {row}, column {column} of the activations (counted from 0) is {value}: only finite values can be used"))
    {
        Row = row;
        Column = column;
    }

    /// <summary>The row, from 0 on.</summary>
    public int Row { get; }

    /// <summary>The column, from 0 on.</summary>
    public int Column { get; }

    /// <summary>Looks for a value that is not finite among rows in memory.</summary>
    /// <param name="values"><c>[rows, width]</c>.</param>
    /// <param name="rows">The number of each row in its source.</param>
    /// <exception cref="NonFiniteActivationsException">There is one.</exception>
    public static void ThrowIfAny(Matrix values, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(values);
        for (var row = 0; row < values.Rows; row++)
        {
            if (!double.IsFinite(Reductions.SumOfSquares(values.Row(row)))
                && FiniteValues.IndexOfNotFinite(values.Row(row)) is >= 0 and var column)
            {
                throw new NonFiniteActivationsException(rows[row], column, values[row, column]);
            }
        }
    }

    /// <summary>Looks for a value that is not finite, row by row: for when something computed from the rows is not.</summary>
    /// <exception cref="NonFiniteActivationsException">There is one.</exception>
    internal static void ThrowIfAny(IActivationSource source, ReadOnlySpan<int> rows)
    {
        var values = new Matrix(1, source.Width);
        for (var index = 0; index < rows.Length; index++)
        {
            source.CopyRows(rows.Slice(index, 1), values);
            ThrowIfAny(values, rows.Slice(index, 1));
        }
    }
}
