using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>Layer normalisation over each row (Ba et al. 2016): biased variance, epsilon inside the square root.</summary>
internal static unsafe class LayerNorm
{
    /// <summary>Writes <c>normalised * gain + bias</c>, and keeps what the backward pass needs. Means are in double precision.</summary>
    /// <param name="result"><c>[rows, width]</c>; may be <paramref name="input"/> or <paramref name="normalised"/>.</param>
    /// <param name="normalised"><c>[rows, width]</c>: receives (x - mean) / deviation; may be <paramref name="input"/>.</param>
    /// <param name="inverseDeviation">One for each row: receives 1 / sqrt(variance + epsilon).</param>
    /// <param name="input"><c>[rows, width]</c>.</param>
    /// <param name="gain">One for each column.</param>
    /// <param name="bias">One for each column.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">Shapes or lengths differ, or outputs share part of an operand's memory.</exception>
    public static void Forward(
        Matrix result, Matrix normalised, Span<float> inverseDeviation, Matrix input,
        ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, float epsilon = 1e-5f, Workers? workers = null)
    {
        Require.SameShape(result, input);
        Require.SameShape(normalised, input);
        Require.Length<float>(inverseDeviation, input.Rows);
        Require.Length(gain, input.Columns);
        Require.Length(bias, input.Columns);
        Require.ApartOrSame(result, input);
        Require.ApartOrSame(normalised, input);
        Require.ApartOrSame(result, normalised);
        fixed (float* pinnedInverse = inverseDeviation, pinnedGain = gain, pinnedBias = bias)
        {
            var (inverses, gains, biases) = ((nint)pinnedInverse, (nint)pinnedGain, (nint)pinnedBias);
            RowBlocks.For(input.Rows, input.Columns, workers, (first, end) =>
            {
                for (var row = first; row < end; row++)
                {
                    ((float*)inverses)[row] = ForwardRow(
                        result.RowPointer(row), normalised.RowPointer(row), input.RowPointer(row),
                        (float*)gains, (float*)biases, input.Columns, epsilon);
                }
            });
        }
    }

    /// <summary>Writes the gradient of the input and adds the gradients of gain and bias to what is there.</summary>
    /// <param name="inputGradient"><c>[rows, width]</c>; may be <paramref name="outputGradient"/> or <paramref name="normalised"/>.</param>
    /// <param name="gainGradient">One for each column; added to.</param>
    /// <param name="biasGradient">One for each column; added to.</param>
    /// <param name="outputGradient"><c>[rows, width]</c>.</param>
    /// <param name="normalised"><c>[rows, width]</c>, from the forward pass.</param>
    /// <param name="inverseDeviation">One for each row, from the forward pass.</param>
    /// <param name="gain">One for each column.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">Shapes or lengths differ, or outputs share part of an operand's memory.</exception>
    public static void Backward(
        Matrix inputGradient, Span<float> gainGradient, Span<float> biasGradient, Matrix outputGradient,
        Matrix normalised, ReadOnlySpan<float> inverseDeviation, ReadOnlySpan<float> gain, Workers? workers = null)
    {
        Require.SameShape(inputGradient, normalised);
        Require.SameShape(outputGradient, normalised);
        Require.Length<float>(gainGradient, normalised.Columns);
        Require.Length<float>(biasGradient, normalised.Columns);
        Require.Length(inverseDeviation, normalised.Rows);
        Require.Length(gain, normalised.Columns);
        Require.ApartOrSame(inputGradient, normalised);
        Require.ApartOrSame(inputGradient, outputGradient);
        Require.Apart(gainGradient, biasGradient);
        var columns = normalised.Columns;
        var sums = new double[2 * columns];
        fixed (float* pinnedInverse = inverseDeviation, pinnedGain = gain)
        {
            var (inverses, gains) = ((nint)pinnedInverse, (nint)pinnedGain);
            ColumnAccumulator.Blocks(sums, normalised.Rows, columns, workers, (first, end, blockSums) =>
            {
                new Span<double>(blockSums, 2 * columns).Clear();
                for (var row = first; row < end; row++)
                {
                    AddRow(blockSums, blockSums + columns, outputGradient.RowPointer(row), normalised.RowPointer(row), columns);
                    BackwardRow(
                        inputGradient.RowPointer(row), outputGradient.RowPointer(row), normalised.RowPointer(row),
                        (float*)gains, columns, ((float*)inverses)[row]);
                }
            });
        }

        for (var i = 0; i < columns; i++)
        {
            gainGradient[i] += (float)sums[i];
            biasGradient[i] += (float)sums[columns + i];
        }
    }

    private static float ForwardRow(
        float* result, float* normalised, float* input, float* gain, float* bias, int width, float epsilon)
    {
        var mean = RowSums.Sum(input, width) / width;
        var variance = RowSums.SquaredDeviations(input, width, mean) / width;
        var inverse = 1 / Math.Sqrt(variance + epsilon);
        var means = Vector512.Create(mean);
        var inverses = Vector512.Create(inverse);
        for (var i = 0; i < width; i += Lanes.Count)
        {
            var (lower, upper) = Lanes.Widen(Lanes.Load(input + i, width - i));
            var n = Vector512.Narrow((lower - means) * inverses, (upper - means) * inverses);
            Lanes.Store(n, normalised + i, width - i);
            var scaled = Vector512.FusedMultiplyAdd(n, Lanes.Load(gain + i, width - i), Lanes.Load(bias + i, width - i));
            Lanes.Store(scaled, result + i, width - i);
        }

        return (float)inverse;
    }

    // With h = g * gain: (h - mean(h) - n mean(h n)) / deviation.
    private static void BackwardRow(float* inputGradient, float* outputGradient, float* normalised, float* gain, int width, float inverse)
    {
        Vector512<double> sumLower = default, sumUpper = default, dotLower = default, dotUpper = default;
        for (var i = 0; i < width; i += Lanes.Count)
        {
            var (hLower, hUpper) = Scaled(outputGradient + i, gain + i, width - i);
            var (nLower, nUpper) = Lanes.Widen(Lanes.Load(normalised + i, width - i));
            sumLower += hLower;
            sumUpper += hUpper;
            dotLower = Vector512.FusedMultiplyAdd(hLower, nLower, dotLower);
            dotUpper = Vector512.FusedMultiplyAdd(hUpper, nUpper, dotUpper);
        }

        var mean = Vector512.Create(Lanes.Sum(sumLower, sumUpper) / width);
        var slope = Vector512.Create(Lanes.Sum(dotLower, dotUpper) / width);
        var inverses = Vector512.Create((double)inverse);
        for (var i = 0; i < width; i += Lanes.Count)
        {
            var (hLower, hUpper) = Scaled(outputGradient + i, gain + i, width - i);
            var (nLower, nUpper) = Lanes.Widen(Lanes.Load(normalised + i, width - i));
            var lower = (hLower - Vector512.FusedMultiplyAdd(nLower, slope, mean)) * inverses;
            var upper = (hUpper - Vector512.FusedMultiplyAdd(nUpper, slope, mean)) * inverses;
            Lanes.Store(Vector512.Narrow(lower, upper), inputGradient + i, width - i);
        }
    }

    private static (Vector512<double> Lower, Vector512<double> Upper) Scaled(float* gradient, float* gain, int remaining)
    {
        var (gLower, gUpper) = Lanes.Widen(Lanes.Load(gradient, remaining));
        var (wLower, wUpper) = Lanes.Widen(Lanes.Load(gain, remaining));
        return (gLower * wLower, gUpper * wUpper);
    }

    private static void AddRow(double* gainSums, double* biasSums, float* gradient, float* normalised, int width)
    {
        var i = 0;
        for (; i + 8 <= width; i += 8)
        {
            var g = Widen8(gradient + i);
            Vector512.FusedMultiplyAdd(g, Widen8(normalised + i), Vector512.Load(gainSums + i)).Store(gainSums + i);
            (g + Vector512.Load(biasSums + i)).Store(biasSums + i);
        }

        for (; i < width; i++)
        {
            gainSums[i] = Math.FusedMultiplyAdd((double)gradient[i], normalised[i], gainSums[i]);
            biasSums[i] += gradient[i];
        }
    }

    private static Vector512<double> Widen8(float* source)
    {
        var (lower, upper) = Vector256.Widen(Vector256.Load(source));
        return Vector512.Create(lower, upper);
    }
}
