using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>Weighted sums of chosen rows: each element is one chain of fused multiply-adds.</summary>
internal static unsafe partial class RowKernels
{
    /// <summary>result = initial + sum over n of weights[n] * rows[indices[n]], added in the order of n.</summary>
    /// <param name="result">May be <paramref name="initial"/>.</param>
    /// <param name="initial">Start of each sum; null for zero.</param>
    /// <param name="rows">First row.</param>
    /// <param name="stride">Floats from row to row; 1 where the indices count floats.</param>
    /// <param name="indices">Rows to add.</param>
    /// <param name="weights">Weight of each.</param>
    /// <param name="count">How many.</param>
    /// <param name="vectors">Length of a row in vectors.</param>
    /// <param name="step">From one index to the next, and from one weight to the next.</param>
    public static void WeightedSum(
        float* result, float* initial, float* rows, nint stride, int* indices, float* weights, int count, int vectors, int step = 1)
    {
        // Where two registers hold one vector, eight sums of vectors and what is added to them do not fit into sixteen.
        var together = Vector512.IsHardwareAccelerated ? 8 : 4;
        var vector = 0;
        for (; vector + together <= vectors; vector += together)
        {
            var offset = vector * Lanes.Count;
            var start = initial == null ? null : initial + offset;
            if (Vector512.IsHardwareAccelerated)
            {
                WideWeightedSum(result + offset, start, rows + offset, stride, indices, weights, count, step);
            }
            else
            {
                NarrowWeightedSum(result + offset, start, rows + offset, stride, indices, weights, count, step);
            }
        }

        for (; vector < vectors; vector++)
        {
            var column = rows + vector * Lanes.Count;
            var sum = initial == null ? Vector512<float>.Zero : Vector512.Load(initial + vector * Lanes.Count);
            for (var n = 0; n < count; n++)
            {
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(weights[n * step]), Vector512.Load(column + indices[n * step] * stride), sum);
            }

            sum.Store(result + vector * Lanes.Count);
        }
    }

    /// <summary>target = start + sum over n of weights[n] * table[offsets[n]..], added in the order of n.</summary>
    /// <param name="target">May be <paramref name="start"/>; a whole number of vectors long.</param>
    /// <param name="start">Start of each sum, as long as the target.</param>
    /// <param name="table">Holds the rows to add.</param>
    /// <param name="offsets">Where each row begins.</param>
    /// <param name="weights">Weight of each.</param>
    public static void WeightedSum(
        Span<float> target, ReadOnlySpan<float> start, ReadOnlySpan<float> table, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights)
    {
        fixed (float* to = target, from = start, rows = table, factors = weights)
        fixed (int* indices = offsets)
        {
            WeightedSum(to, from, rows, stride: 1, indices, factors, offsets.Length, target.Length / Lanes.Count);
        }
    }

    private static void NarrowWeightedSum(
        float* result, float* initial, float* rows, nint stride, int* indices, float* weights, int count, int step)
    {
        Vector256<float> sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        if (initial == null)
        {
            sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = Vector256<float>.Zero;
        }
        else
        {
            sum0 = Vector256.Load(initial);
            sum1 = Vector256.Load(initial + 8);
            sum2 = Vector256.Load(initial + 16);
            sum3 = Vector256.Load(initial + 24);
            sum4 = Vector256.Load(initial + 32);
            sum5 = Vector256.Load(initial + 40);
            sum6 = Vector256.Load(initial + 48);
            sum7 = Vector256.Load(initial + 56);
        }

        for (var n = 0; n < count; n++)
        {
            var row = rows + *indices * stride;
            var weight = Vector256.Create(*weights);
            indices += step;
            weights += step;
            sum0 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row), sum0);
            sum1 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row + 8), sum1);
            sum2 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row + 16), sum2);
            sum3 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row + 24), sum3);
            sum4 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row + 32), sum4);
            sum5 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row + 40), sum5);
            sum6 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row + 48), sum6);
            sum7 = Vector256.FusedMultiplyAdd(weight, Vector256.Load(row + 56), sum7);
        }

        sum0.Store(result);
        sum1.Store(result + 8);
        sum2.Store(result + 16);
        sum3.Store(result + 24);
        sum4.Store(result + 32);
        sum5.Store(result + 40);
        sum6.Store(result + 48);
        sum7.Store(result + 56);
    }

    private static void WideWeightedSum(
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
