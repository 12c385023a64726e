using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.Kernels;

/// <summary>Inner products in single precision: 16 chains of fused multiply-adds in order, then a fixed tree.</summary>
internal static unsafe partial class RowKernels
{
    /// <summary>Inner product of rows of any length; 0 of nothing.</summary>
    /// <param name="left">First row.</param>
    /// <param name="right">Second row.</param>
    /// <param name="length">Elements of each.</param>
    public static float Dot(float* left, float* right, int length)
    {
        var sum = Vector512<float>.Zero;
        var offset = 0;
        for (; offset <= length - Lanes.Count; offset += Lanes.Count)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(left + offset), Vector512.Load(right + offset), sum);
        }

        if (offset < length)
        {
            sum = Vector512.FusedMultiplyAdd(Lanes.Load(left + offset, length - offset), Lanes.Load(right + offset, length - offset), sum);
        }

        return Lanes.Sum(sum);
    }

    /// <summary>Inner product of rows of any length; 0 of nothing.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Require.SameLength(left, right);
        fixed (float* leftPointer = left, rightPointer = right)
        {
            return Dot(leftPointer, rightPointer, left.Length);
        }
    }

    /// <summary>results[n] = inner product of <paramref name="vector"/> and rows[indices[n]].</summary>
    /// <param name="results">Receives the inner products.</param>
    /// <param name="vector">One factor of each.</param>
    /// <param name="rows">First row.</param>
    /// <param name="stride">Floats from row to row; 1 where the indices count floats.</param>
    /// <param name="indices">Rows that are the other factors.</param>
    /// <param name="count">How many.</param>
    /// <param name="vectors">Length of a row in vectors.</param>
    public static void Dots(float* results, float* vector, float* rows, nint stride, int* indices, int count, int vectors)
    {
        var n = 0;
        for (; n + 4 <= count; n += 4)
        {
            var row0 = rows + indices[n] * stride;
            var row1 = rows + indices[n + 1] * stride;
            var row2 = rows + indices[n + 2] * stride;
            var row3 = rows + indices[n + 3] * stride;
            Vector512<float> sum0 = Vector512<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (var offset = 0; offset < vectors * Lanes.Count; offset += Lanes.Count)
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
            results[n] = Dot(vector, rows + indices[n] * stride, vectors * Lanes.Count);
        }
    }

    /// <summary>results[n] = inner product of <paramref name="vector"/> and table[offsets[n]..].</summary>
    /// <param name="results">Receives the inner products, one for each offset.</param>
    /// <param name="vector">One factor of each, a whole number of vectors long.</param>
    /// <param name="table">Holds the other factors.</param>
    /// <param name="offsets">Where each begins.</param>
    public static void Dots(Span<float> results, ReadOnlySpan<float> vector, ReadOnlySpan<float> table, ReadOnlySpan<int> offsets)
    {
        fixed (float* to = results, left = vector, rows = table)
        fixed (int* indices = offsets)
        {
            Dots(to, left, rows, stride: 1, indices, offsets.Length, vector.Length / Lanes.Count);
        }
    }

    // The tree of Lanes.Sum, the last two levels of four sums at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums(
        float* results, Vector512<float> sum0, Vector512<float> sum1, Vector512<float> sum2, Vector512<float> sum3)
    {
        if (!Sse.IsSupported)
        {
            results[0] = Lanes.Sum(sum0);
            results[1] = Lanes.Sum(sum1);
            results[2] = Lanes.Sum(sum2);
            results[3] = Lanes.Sum(sum3);
            return;
        }

        var (four0, four1, four2, four3) = (Lanes.Quarter(sum0), Lanes.Quarter(sum1), Lanes.Quarter(sum2), Lanes.Quarter(sum3));
        var first = Sse.UnpackLow(four0, four1) + Sse.UnpackHigh(four0, four1);
        var second = Sse.UnpackLow(four2, four3) + Sse.UnpackHigh(four2, four3);
        (Sse.MoveLowToHigh(first, second) + Sse.MoveHighToLow(second, first)).Store(results);
    }
}
