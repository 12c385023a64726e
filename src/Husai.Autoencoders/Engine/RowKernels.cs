using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Arithmetic on rows whose length is a whole number of 16-lane vectors. The lanes are virtual: narrower hardware computes
/// the same lanes in pieces, so results do not depend on it.
/// </summary>
internal static unsafe class RowKernels
{
    /// <summary>Floats in a vector.</summary>
    public const int Lanes = 16;

    /// <summary>The length of a row of <paramref name="count"/> values, padded to whole vectors.</summary>
    public static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>result = initial + sum over n of weights[n] * rows[indices[n]], added in the order of n.</summary>
    /// <param name="result">May be <paramref name="initial"/>.</param>
    /// <param name="initial">Start of each sum; null for zero.</param>
    /// <param name="rows">First row.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="indices">Rows to add.</param>
    /// <param name="weights">Weight of each.</param>
    /// <param name="count">How many.</param>
    /// <param name="vectors">Length of a row in vectors.</param>
    /// <param name="step">From one index to the next, and from one weight to the next.</param>
    public static void WeightedSum(
        float* result, float* initial, float* rows, nint stride, int* indices, float* weights, int count, int vectors, int step = 1)
    {
        var vector = 0;
        for (; vector + 8 <= vectors; vector += 8)
        {
            WeightedSum8(
                result + vector * Lanes, initial == null ? null : initial + vector * Lanes, rows + vector * Lanes, stride, indices, weights, count, step);
        }

        for (; vector < vectors; vector++)
        {
            var column = rows + vector * Lanes;
            var sum = initial == null ? Vector512<float>.Zero : Vector512.Load(initial + vector * Lanes);
            for (var n = 0; n < count; n++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(weights[n * step]), Vector512.Load(column + indices[n * step] * stride), sum);
            }

            sum.Store(result + vector * Lanes);
        }
    }

    /// <summary>results[n] = inner product of <paramref name="vector"/> and rows[indices[n]]: 16 chains in order, then a fixed tree.</summary>
    public static void Dots(
        float* results, float* vector, float* rows, nint stride, int* indices, int count, int vectors)
    {
        var n = 0;
        for (; n + 4 <= count; n += 4)
        {
            var row0 = rows + indices[n] * stride;
            var row1 = rows + indices[n + 1] * stride;
            var row2 = rows + indices[n + 2] * stride;
            var row3 = rows + indices[n + 3] * stride;
            Vector512<float> sum0 = Vector512<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (var offset = 0; offset < vectors * Lanes; offset += Lanes)
            {
                var left = Vector512.Load(vector + offset);
                sum0 = Vector512.FusedMultiplyAdd(left, Vector512.Load(row0 + offset), sum0);
                sum1 = Vector512.FusedMultiplyAdd(left, Vector512.Load(row1 + offset), sum1);
                sum2 = Vector512.FusedMultiplyAdd(left, Vector512.Load(row2 + offset), sum2);
                sum3 = Vector512.FusedMultiplyAdd(left, Vector512.Load(row3 + offset), sum3);
            }

            StoreSums(results + n, sum0, sum1, sum2, sum3);
        }

        for (; n < count; n++)
        {
            results[n] = Dot(vector, rows + indices[n] * stride, vectors);
        }
    }

    /// <summary>Inner product: 16 chains in order, then a fixed tree.</summary>
    public static float Dot(float* left, float* right, int vectors)
    {
        var sum = Vector512<float>.Zero;
        for (var offset = 0; offset < vectors * Lanes; offset += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(left + offset), Vector512.Load(right + offset), sum);
        }

        return Sum(sum);
    }

    /// <summary>target = factor * source + target.</summary>
    public static void MultiplyAdd(float* target, float* source, float factor, int vectors)
    {
        var scale = Vector512.Create(factor);
        for (var offset = 0; offset < vectors * Lanes; offset += Lanes)
        {
            Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + offset), Vector512.Load(target + offset)).Store(target + offset);
        }
    }

    /// <summary>target -= source; returns the sum of squares of what is left: 16 chains in order, then a fixed tree.</summary>
    public static float SubtractSquared(float* target, float* source, int vectors)
    {
        var sum = Vector512<float>.Zero;
        for (var offset = 0; offset < vectors * Lanes; offset += Lanes)
        {
            var difference = Vector512.Load(target + offset) - Vector512.Load(source + offset);
            difference.Store(target + offset);
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        return Sum(sum);
    }

    /// <summary>target = source.</summary>
    public static void Copy(float* target, float* source, int vectors) =>
        new ReadOnlySpan<float>(source, vectors * Lanes).CopyTo(new Span<float>(target, vectors * Lanes));

    /// <summary>target = source * factor - subtracted; <paramref name="target"/> may be <paramref name="source"/>.</summary>
    public static void ScaleSubtract(float* target, float* source, float factor, float* subtracted, int vectors)
    {
        var scale = Vector512.Create(factor);
        for (var offset = 0; offset < vectors * Lanes; offset += Lanes)
        {
            (Vector512.Load(source + offset) * scale - Vector512.Load(subtracted + offset)).Store(target + offset);
        }
    }

    /// <summary>How many of some numbers are above zero.</summary>
    public static int CountPositive(float* values, int count)
    {
        var n = 0;
        var positive = 0;
        for (; n + Lanes <= count; n += Lanes)
        {
            positive += BitOperations.PopCount(
                (uint)Vector512.GreaterThan(Vector512.Load(values + n), Vector512<float>.Zero).ExtractMostSignificantBits());
        }

        for (; n < count; n++)
        {
            positive += values[n] > 0 ? 1 : 0;
        }

        return positive;
    }

    /// <summary>How many of some indices are below a bound.</summary>
    public static int CountBelow(int* indices, int count, int bound)
    {
        var n = 0;
        var below = 0;
        for (; n + Lanes <= count; n += Lanes)
        {
            below += BitOperations.PopCount((uint)Vector512.LessThan(Vector512.Load(indices + n), Vector512.Create(bound)).ExtractMostSignificantBits());
        }

        for (; n < count; n++)
        {
            below += indices[n] < bound ? 1 : 0;
        }

        return below;
    }

    /// <summary>target *= factor.</summary>
    public static void Scale(float* target, float factor, int vectors)
    {
        var scale = Vector512.Create(factor);
        for (var offset = 0; offset < vectors * Lanes; offset += Lanes)
        {
            (scale * Vector512.Load(target + offset)).Store(target + offset);
        }
    }

    // The tree of Sum, the last two levels of four sums at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums(float* results, Vector512<float> sum0, Vector512<float> sum1, Vector512<float> sum2, Vector512<float> sum3)
    {
        if (!Sse.IsSupported)
        {
            results[0] = Sum(sum0);
            results[1] = Sum(sum1);
            results[2] = Sum(sum2);
            results[3] = Sum(sum3);
            return;
        }

        var (four0, four1, four2, four3) = (Quarter(sum0), Quarter(sum1), Quarter(sum2), Quarter(sum3));
        var first = Sse.UnpackLow(four0, four1) + Sse.UnpackHigh(four0, four1);
        var second = Sse.UnpackLow(four2, four3) + Sse.UnpackHigh(four2, four3);
        (Sse.MoveLowToHigh(first, second) + Sse.MoveHighToLow(second, first)).Store(results);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> lanes)
    {
        var eight = lanes.GetLower() + lanes.GetUpper();
        return eight.GetLower() + eight.GetUpper();
    }

    // Halves are added until one lane is left: ((0+8) + (4+12)) + ..., the same on every width of hardware.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(Vector512<float> lanes)
    {
        var four = Quarter(lanes);
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    private static void WeightedSum8(
        float* result, float* initial, float* rows, nint stride, int* indices, float* weights, int count, int step)
    {
        Vector512<float> sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        if (initial == null)
        {
            sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = Vector512<float>.Zero;
        }
        else
        {
            sum0 = Vector512.Load(initial);
            sum1 = Vector512.Load(initial + 16);
            sum2 = Vector512.Load(initial + 32);
            sum3 = Vector512.Load(initial + 48);
            sum4 = Vector512.Load(initial + 64);
            sum5 = Vector512.Load(initial + 80);
            sum6 = Vector512.Load(initial + 96);
            sum7 = Vector512.Load(initial + 112);
        }

        for (var n = 0; n < count; n++)
        {
            var row = rows + *indices * stride;
            var weight = Vector512.Create(*weights);
            indices += step;
            weights += step;
            sum0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row), sum0);
            sum1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 16), sum1);
            sum2 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 32), sum2);
            sum3 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 48), sum3);
            sum4 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 64), sum4);
            sum5 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 80), sum5);
            sum6 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 96), sum6);
            sum7 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 112), sum7);
        }

        sum0.Store(result);
        sum1.Store(result + 16);
        sum2.Store(result + 32);
        sum3.Store(result + 48);
        sum4.Store(result + 64);
        sum5.Store(result + 80);
        sum6.Store(result + 96);
        sum7.Store(result + 112);
    }
}
