using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>Row-wise softmax.</summary>
internal static unsafe class Softmax
{
    /// <summary>
    /// Writes the softmax of each row. Minus infinity gets 0; a row that holds a NaN, an infinity, or nothing but minus infinity is NaN.
    /// </summary>
    /// <param name="result"><c>[rows, columns]</c>; may be <paramref name="input"/>.</param>
    /// <param name="input"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ, or the matrices share part of their memory.</exception>
    public static void Forward(Matrix result, Matrix input, Workers? workers = null)
    {
        Require.SameShape(result, input);
        Require.ApartOrSame(result, input);
        RowBlocks.For(input.Rows, input.Columns, workers, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                ForwardRow(result.RowPointer(row), input.RowPointer(row), input.Columns);
            }
        });
    }

    /// <summary>Gradient of the input from the gradient of the output: <c>s * (g - sum(g * s))</c> per row.</summary>
    /// <param name="inputGradient"><c>[rows, columns]</c>; may be <paramref name="outputGradient"/> or <paramref name="output"/>.</param>
    /// <param name="output"><c>[rows, columns]</c>: the softmax s.</param>
    /// <param name="outputGradient"><c>[rows, columns]</c>: g.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ, or the result shares part of an operand's memory.</exception>
    public static void Backward(Matrix inputGradient, Matrix output, Matrix outputGradient, Workers? workers = null)
    {
        Require.SameShape(inputGradient, output);
        Require.SameShape(outputGradient, output);
        Require.ApartOrSame(inputGradient, output);
        Require.ApartOrSame(inputGradient, outputGradient);
        RowBlocks.For(output.Rows, output.Columns, workers, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                BackwardRow(inputGradient.RowPointer(row), output.RowPointer(row), outputGradient.RowPointer(row), output.Columns);
            }
        });
    }

    private static void ForwardRow(float* result, float* input, int columns)
    {
        if (columns <= Lanes.Count)
        {
            ForwardShortRow(result, input, columns);
            return;
        }

        var max = Vector512.Create(RowMaximum.Of(input, columns));
        var lower = Vector512<double>.Zero;
        var upper = Vector512<double>.Zero;
        for (var i = 0; i < columns; i += Lanes.Count)
        {
            // Lanes beyond the row get e^-infinity = 0.
            var e = Exponential.Exp(Lanes.Load(input + i, columns - i, float.NegativeInfinity) - max);
            Lanes.Store(e, result + i, columns - i);
            var (eLower, eUpper) = Lanes.Widen(e);
            lower += eLower;
            upper += eUpper;
        }

        var inverse = Vector512.Create((float)(1 / Lanes.Sum(lower, upper)));
        for (var i = 0; i < columns; i += Lanes.Count)
        {
            Lanes.Store(Lanes.Load(result + i, columns - i) * inverse, result + i, columns - i);
        }
    }

    // The same steps on one vector that stays in a register: attention over a few tokens has rows of a few elements.
    private static void ForwardShortRow(float* result, float* input, int columns)
    {
        var x = Lanes.Load(input, columns, float.NegativeInfinity);
        var max = Lanes.Maximum(Lanes.Larger(x, Vector512.Create(float.NegativeInfinity)));
        var e = Exponential.Exp(x - Vector512.Create(max));
        var (lower, upper) = Lanes.Widen(e);
        Lanes.Store(e * Vector512.Create((float)(1 / Lanes.Sum(lower, upper))), result, columns);
    }

    private static void BackwardRow(float* inputGradient, float* output, float* outputGradient, int columns)
    {
        var dot = Vector512.Create(RowSums.Dot(output, outputGradient, columns));
        for (var i = 0; i < columns; i += Lanes.Count)
        {
            var (sLower, sUpper) = Lanes.Widen(Lanes.Load(output + i, columns - i));
            var (gLower, gUpper) = Lanes.Widen(Lanes.Load(outputGradient + i, columns - i));
            var gradient = Vector512.Narrow(sLower * (gLower - dot), sUpper * (gUpper - dot));
            Lanes.Store(gradient, inputGradient + i, columns - i);
        }
    }
}
