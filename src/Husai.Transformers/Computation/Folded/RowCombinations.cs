using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Transformers.Computation.Kernels;

namespace Husai.Transformers.Computation.Folded;

/// <summary>Sums, products and updates of a few table rows at once, for rows whose length is a multiple of 16.</summary>
internal static class RowCombinations
{
    private const int Lane = 16;

    /// <summary>target = start + sum of weights[t] * table[offsets[t]..], added in order.</summary>
    public static void WeightedSum(
        Span<float> target, ReadOnlySpan<float> start, ReadOnlySpan<float> table, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(start);
        ref var rows = ref MemoryMarshal.GetReference(table);
        var i = 0;
        for (; i <= target.Length - 8 * Lane; i += 8 * Lane)
        {
            // Eight sums: as many as the two multipliers of a processor of today have under way.
            var (sum0, sum1) = (Load(ref from, i), Load(ref from, i + Lane));
            var (sum2, sum3) = (Load(ref from, i + 2 * Lane), Load(ref from, i + 3 * Lane));
            var (sum4, sum5) = (Load(ref from, i + 4 * Lane), Load(ref from, i + 5 * Lane));
            var (sum6, sum7) = (Load(ref from, i + 6 * Lane), Load(ref from, i + 7 * Lane));
            for (var t = 0; t < offsets.Length; t++)
            {
                var weight = Vector512.Create(weights[t]);
                ref var row = ref Unsafe.Add(ref rows, offsets[t] + i);
                sum0 = Vector512.FusedMultiplyAdd(Load(ref row, 0), weight, sum0);
                sum1 = Vector512.FusedMultiplyAdd(Load(ref row, Lane), weight, sum1);
                sum2 = Vector512.FusedMultiplyAdd(Load(ref row, 2 * Lane), weight, sum2);
                sum3 = Vector512.FusedMultiplyAdd(Load(ref row, 3 * Lane), weight, sum3);
                sum4 = Vector512.FusedMultiplyAdd(Load(ref row, 4 * Lane), weight, sum4);
                sum5 = Vector512.FusedMultiplyAdd(Load(ref row, 5 * Lane), weight, sum5);
                sum6 = Vector512.FusedMultiplyAdd(Load(ref row, 6 * Lane), weight, sum6);
                sum7 = Vector512.FusedMultiplyAdd(Load(ref row, 7 * Lane), weight, sum7);
            }

            sum0.StoreUnsafe(ref to, (nuint)i);
            sum1.StoreUnsafe(ref to, (nuint)(i + Lane));
            sum2.StoreUnsafe(ref to, (nuint)(i + 2 * Lane));
            sum3.StoreUnsafe(ref to, (nuint)(i + 3 * Lane));
            sum4.StoreUnsafe(ref to, (nuint)(i + 4 * Lane));
            sum5.StoreUnsafe(ref to, (nuint)(i + 5 * Lane));
            sum6.StoreUnsafe(ref to, (nuint)(i + 6 * Lane));
            sum7.StoreUnsafe(ref to, (nuint)(i + 7 * Lane));
        }

        for (; i < target.Length; i += Lane)
        {
            var sum = Load(ref from, i);
            for (var t = 0; t < offsets.Length; t++)
            {
                sum = Vector512.FusedMultiplyAdd(Load(ref rows, offsets[t] + i), Vector512.Create(weights[t]), sum);
            }

            sum.StoreUnsafe(ref to, (nuint)i);
        }
    }

    /// <summary>results[t] = inner product of vector and table[offsets[t]..].</summary>
    public static void Dots(Span<float> results, ReadOnlySpan<float> vector, ReadOnlySpan<float> table, ReadOnlySpan<int> offsets)
    {
        ref var from = ref MemoryMarshal.GetReference(vector);
        ref var rows = ref MemoryMarshal.GetReference(table);
        var t = 0;
        for (; t <= offsets.Length - 4; t += 4)
        {
            var (row0, row1, row2, row3) = (offsets[t], offsets[t + 1], offsets[t + 2], offsets[t + 3]);
            var (sum0, sum1) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var (sum2, sum3) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var i = 0; i < vector.Length; i += Lane)
            {
                var value = Load(ref from, i);
                sum0 = Vector512.FusedMultiplyAdd(Load(ref rows, row0 + i), value, sum0);
                sum1 = Vector512.FusedMultiplyAdd(Load(ref rows, row1 + i), value, sum1);
                sum2 = Vector512.FusedMultiplyAdd(Load(ref rows, row2 + i), value, sum2);
                sum3 = Vector512.FusedMultiplyAdd(Load(ref rows, row3 + i), value, sum3);
            }

            (results[t], results[t + 1]) = (Lanes.Sum(sum0), Lanes.Sum(sum1));
            (results[t + 2], results[t + 3]) = (Lanes.Sum(sum2), Lanes.Sum(sum3));
        }

        for (; t < offsets.Length; t++)
        {
            results[t] = Lanes.Dot(vector, table.Slice(offsets[t], vector.Length));
        }
    }

    /// <summary>target += sum of weights[t] * table[offsets[t]..], added in order.</summary>
    public static void AddWeighted(
        Span<float> target, ReadOnlySpan<float> table, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights) =>
        WeightedSum(target, target, table, offsets, weights);

    private static Vector512<float> Load(ref float start, int index) => Vector512.LoadUnsafe(ref start, (nuint)index);
}
