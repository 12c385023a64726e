using Husai.Numerics;

namespace Husai.Autoencoders;

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

    /// <summary>Looks for a value that is not finite, row by row: for when something computed from the rows is not.</summary>
    /// <exception cref="NonFiniteActivationsException">There is one.</exception>
    internal static void ThrowIfAny(IActivationSource source, ReadOnlySpan<int> rows)
    {
        var values = new Matrix(1, source.Width);
        foreach (var row in rows)
        {
            source.CopyRows([row], values);
            for (var column = 0; column < source.Width; column++)
            {
                if (!float.IsFinite(values[0, column]))
                {
                    throw new NonFiniteActivationsException(row, column, values[0, column]);
                }
            }
        }
    }
}
