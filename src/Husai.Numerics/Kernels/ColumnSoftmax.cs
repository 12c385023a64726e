using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.Kernels;

/// <summary>
/// Softmax of each column: for tables that are short and wide, such as attention over a few tokens with a column for each sequence, where
/// <see cref="Softmax"/> would leave most lanes empty.
/// </summary>
internal static unsafe class ColumnSoftmax
{
    /// <summary>
    /// Writes the softmax of each column, on the calling thread. Minus infinity gets 0; a column that holds a NaN, an infinity, or nothing
    /// but minus infinity is NaN.
    /// </summary>
    /// <param name="result"><c>[rows, columns]</c>; may be <paramref name="input"/>.</param>
    /// <param name="input"><c>[rows, columns]</c>.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ, or the matrices share part of their memory.</exception>
    public static void Forward(Matrix result, Matrix input)
    {
        Require.SameShape(result, input);
        Require.ApartOrSame(result, input);
        for (var column = 0; column < input.Columns; column += Lanes.Count)
        {
            ForwardColumns(result, input, column, input.Columns - column);
        }
    }

    /// <summary>
    /// Gradient of the input from the gradient of the output: <c>s * (g - sum(g * s))</c> per column, on the calling thread.
    /// </summary>
    /// <param name="inputGradient"><c>[rows, columns]</c>; may be <paramref name="outputGradient"/> or <paramref name="output"/>.</param>
    /// <param name="output"><c>[rows, columns]</c>: the softmax s.</param>
    /// <param name="outputGradient"><c>[rows, columns]</c>: g.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ, or the result shares part of an operand's memory.</exception>
    public static void Backward(Matrix inputGradient, Matrix output, Matrix outputGradient)
    {
        Require.SameShape(inputGradient, output);
        Require.SameShape(outputGradient, output);
        Require.ApartOrSame(inputGradient, output);
        Require.ApartOrSame(inputGradient, outputGradient);
        for (var column = 0; column < output.Columns; column += Lanes.Count)
        {
            BackwardColumns(inputGradient, output, outputGradient, column, output.Columns - column);
        }
    }

    private static void ForwardColumns(Matrix result, Matrix input, int column, int remaining)
    {
        var max = Vector512.Create(float.NegativeInfinity);
        for (var row = 0; row < input.Rows; row++)
        {
            max = Lanes.Larger(Lanes.Load(input.RowPointer(row) + column, remaining), max);
        }

        var lower = Vector512<double>.Zero;
        var upper = Vector512<double>.Zero;
        for (var row = 0; row < input.Rows; row++)
        {
            var e = Exponential.Exp(Lanes.Load(input.RowPointer(row) + column, remaining) - max);
            Lanes.Store(e, result.RowPointer(row) + column, remaining);
            var (eLower, eUpper) = Lanes.Widen(e);
            lower += eLower;
            upper += eUpper;
        }

        var inverse = Vector512.Narrow(Vector512<double>.One / lower, Vector512<double>.One / upper);
        for (var row = 0; row < input.Rows; row++)
        {
            var at = result.RowPointer(row) + column;
            Lanes.Store(Lanes.Load(at, remaining) * inverse, at, remaining);
        }
    }

    private static void BackwardColumns(Matrix inputGradient, Matrix output, Matrix outputGradient, int column, int remaining)
    {
        var (dotLower, dotUpper) = (Vector512<double>.Zero, Vector512<double>.Zero);
        for (var row = 0; row < output.Rows; row++)
        {
            var (sLower, sUpper) = Lanes.Widen(Lanes.Load(output.RowPointer(row) + column, remaining));
            var (gLower, gUpper) = Lanes.Widen(Lanes.Load(outputGradient.RowPointer(row) + column, remaining));
            dotLower += sLower * gLower;
            dotUpper += sUpper * gUpper;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            var (sLower, sUpper) = Lanes.Widen(Lanes.Load(output.RowPointer(row) + column, remaining));
            var (gLower, gUpper) = Lanes.Widen(Lanes.Load(outputGradient.RowPointer(row) + column, remaining));
            var gradient = Vector512.Narrow(sLower * (gLower - dotLower), sUpper * (gUpper - dotUpper));
            Lanes.Store(gradient, inputGradient.RowPointer(row) + column, remaining);
        }
    }
}
