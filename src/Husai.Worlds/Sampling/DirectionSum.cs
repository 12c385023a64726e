using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Worlds.Sampling;

/// <summary>
/// Adds multiples of a few rows of a matrix that is larger than the cache. Four rows are read at once, and the next four are asked for
/// while they are: the time is that of the memory.
/// </summary>
internal static unsafe class DirectionSum
{
    private const int RowsAtOnce = 4;
    private const int Lanes = 8;
    private const int BytesPerLine = 64;

    // What the hardware needs to see of a row before it reads ahead on its own.
    private const int LinesAhead = 8;

    /// <summary>target = fma(row, weight, target), row after row in the order given.</summary>
    public static void Add(Span<float> target, Matrix rows, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights)
    {
        var n = 0;
        for (; n + RowsAtOnce <= indices.Length; n += RowsAtOnce)
        {
            for (var next = n + RowsAtOnce; next < Math.Min(n + 2 * RowsAtOnce, indices.Length); next++)
            {
                Prefetch(rows.Row(indices[next]));
            }

            Add(
                target, rows.Row(indices[n]), rows.Row(indices[n + 1]), rows.Row(indices[n + 2]), rows.Row(indices[n + 3]),
                weights.Slice(n, RowsAtOnce));
        }

        for (; n < indices.Length; n++)
        {
            Elementwise.MultiplyAdd(target, rows.Row(indices[n]), weights[n]);
        }
    }

    private static void Add(
        Span<float> target, ReadOnlySpan<float> row0, ReadOnlySpan<float> row1, ReadOnlySpan<float> row2, ReadOnlySpan<float> row3,
        ReadOnlySpan<float> weights)
    {
        var (weight0, weight1) = (Vector256.Create(weights[0]), Vector256.Create(weights[1]));
        var (weight2, weight3) = (Vector256.Create(weights[2]), Vector256.Create(weights[3]));
        ref var sum = ref MemoryMarshal.GetReference(target);
        ref var start0 = ref MemoryMarshal.GetReference(row0);
        ref var start1 = ref MemoryMarshal.GetReference(row1);
        ref var start2 = ref MemoryMarshal.GetReference(row2);
        ref var start3 = ref MemoryMarshal.GetReference(row3);
        nuint i = 0;
        for (; i + Lanes <= (nuint)target.Length; i += Lanes)
        {
            var total = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref start0, i), weight0, Vector256.LoadUnsafe(ref sum, i));
            total = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref start1, i), weight1, total);
            total = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref start2, i), weight2, total);
            total = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref start3, i), weight3, total);
            total.StoreUnsafe(ref sum, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            ref var element = ref Unsafe.Add(ref sum, i);
            element = MathF.FusedMultiplyAdd(Unsafe.Add(ref start0, i), weights[0], element);
            element = MathF.FusedMultiplyAdd(Unsafe.Add(ref start1, i), weights[1], element);
            element = MathF.FusedMultiplyAdd(Unsafe.Add(ref start2, i), weights[2], element);
            element = MathF.FusedMultiplyAdd(Unsafe.Add(ref start3, i), weights[3], element);
        }
    }

    private static void Prefetch(ReadOnlySpan<float> row)
    {
        if (Sse.IsSupported)
        {
            // A matrix does not move.
            var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row));
            for (var line = 0; line < Math.Min(LinesAhead, row.Length * sizeof(float) / BytesPerLine); line++)
            {
                Sse.Prefetch0(start + line * BytesPerLine);
            }
        }
    }
}
