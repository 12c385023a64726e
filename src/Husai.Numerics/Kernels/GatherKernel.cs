using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>Two weighted sums over the same rows of two matrices, such as the gradients of a latent's decoder and encoder rows.</summary>
internal static unsafe class GatherKernel
{
    private const int Vectors = 8;

    /// <summary>
    /// left = its start + sum of left weight * left row over the entries, right = its start + sum of right weight * right row, added in the
    /// order of the entries. Each element is one chain of fused multiply-adds, so that calls with consecutive stretches of the entries give
    /// the same bits as one call.
    /// </summary>
    /// <param name="left">Receives the first sum.</param>
    /// <param name="leftStart">What it starts from: itself, or zeros.</param>
    /// <param name="leftRows">First row of the first matrix.</param>
    /// <param name="right">Receives the second sum.</param>
    /// <param name="rightStart">What it starts from.</param>
    /// <param name="rightRows">First row of the second matrix.</param>
    /// <param name="stride">Floats from row to row in both.</param>
    /// <param name="entries">Rows to add, with the weights of both.</param>
    /// <param name="count">How many.</param>
    /// <param name="vectors">Length of a row in vectors.</param>
    public static void AddWeightedRows(
        float* left, float* leftStart, float* leftRows, float* right, float* rightStart, float* rightRows, nint stride,
        RowWeights* entries, int count, int vectors)
    {
        if (vectors % Vectors == 0 && Vector512.IsHardwareAccelerated)
        {
            for (var offset = 0; offset < vectors * Lanes.Count; offset += Vectors * Lanes.Count)
            {
                AddBoth(
                    left + offset, leftStart + offset, leftRows + offset, right + offset, rightStart + offset, rightRows + offset, stride,
                    entries, count);
            }

            return;
        }

        // Where two registers hold one vector both sums at once would not fit, and other widths do not come in eights.
        RowKernels.WeightedSum(
            left, leftStart, leftRows, stride, RowWeights.Rows(entries), RowWeights.Lefts(entries), count, vectors, RowWeights.Stride);
        RowKernels.WeightedSum(
            right, rightStart, rightRows, stride, RowWeights.Rows(entries), RowWeights.Rights(entries), count, vectors, RowWeights.Stride);
    }

    // Sixteen sums in registers: half as many passes over the entries, and twice as many independent chains.
    private static void AddBoth(
        float* left, float* leftStart, float* leftRows, float* right, float* rightStart, float* rightRows, nint stride,
        RowWeights* entries, int count)
    {
        var l0 = Vector512.Load(leftStart);
        var l1 = Vector512.Load(leftStart + 16);
        var l2 = Vector512.Load(leftStart + 32);
        var l3 = Vector512.Load(leftStart + 48);
        var l4 = Vector512.Load(leftStart + 64);
        var l5 = Vector512.Load(leftStart + 80);
        var l6 = Vector512.Load(leftStart + 96);
        var l7 = Vector512.Load(leftStart + 112);
        var r0 = Vector512.Load(rightStart);
        var r1 = Vector512.Load(rightStart + 16);
        var r2 = Vector512.Load(rightStart + 32);
        var r3 = Vector512.Load(rightStart + 48);
        var r4 = Vector512.Load(rightStart + 64);
        var r5 = Vector512.Load(rightStart + 80);
        var r6 = Vector512.Load(rightStart + 96);
        var r7 = Vector512.Load(rightStart + 112);
        for (var n = 0; n < count; n++)
        {
            var offset = entries[n].Row * stride;
            var leftRow = leftRows + offset;
            var leftWeight = Vector512.Create(entries[n].Left);
            l0 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow), l0);
            l1 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 16), l1);
            l2 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 32), l2);
            l3 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 48), l3);
            l4 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 64), l4);
            l5 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 80), l5);
            l6 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 96), l6);
            l7 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 112), l7);
            var rightRow = rightRows + offset;
            var rightWeight = Vector512.Create(entries[n].Right);
            r0 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow), r0);
            r1 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow + 16), r1);
            r2 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow + 32), r2);
            r3 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow + 48), r3);
            r4 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow + 64), r4);
            r5 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow + 80), r5);
            r6 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow + 96), r6);
            r7 = Vector512.FusedMultiplyAdd(rightWeight, Vector512.Load(rightRow + 112), r7);
        }

        l0.Store(left);
        l1.Store(left + 16);
        l2.Store(left + 32);
        l3.Store(left + 48);
        l4.Store(left + 64);
        l5.Store(left + 80);
        l6.Store(left + 96);
        l7.Store(left + 112);
        r0.Store(right);
        r1.Store(right + 16);
        r2.Store(right + 32);
        r3.Store(right + 48);
        r4.Store(right + 64);
        r5.Store(right + 80);
        r6.Store(right + 96);
        r7.Store(right + 112);
    }
}
