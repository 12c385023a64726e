using System.Runtime.Intrinsics;

namespace Husai.Autoencoders;

/// <summary>Two weighted sums over the same rows of two matrices: the gradients of a latent's decoder and encoder rows.</summary>
internal static unsafe class GatherKernel
{
    private const int Vectors = 8;

    /// <summary>
    /// left = its start + sum of value * leftRow over the entries, right = its start + sum of gradient * rightRow, added in the order of the entries. Each
    /// element is one chain of fused multiply-adds, so that calls with consecutive stretches of the entries give the same bits as one call.
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
        float* left, float* leftStart, float* leftRows, float* right, float* rightStart, float* rightRows, nint stride, LatentEntry* entries, int count,
        int vectors)
    {
        var vector = 0;
        for (; vector + Vectors <= vectors; vector += Vectors)
        {
            var offset = vector * RowKernels.Lanes;
            if (Vector512.IsHardwareAccelerated)
            {
                AddBoth(
                    left + offset, leftStart + offset, leftRows + offset, right + offset, rightStart + offset, rightRows + offset, stride, entries, count);
            }
            else
            {
                AddOne(left + offset, leftStart + offset, leftRows + offset, stride, entries, LatentEntry.Values(entries), count);
                AddOne(right + offset, rightStart + offset, rightRows + offset, stride, entries, LatentEntry.Gradients(entries), count);
            }
        }

        for (; vector < vectors; vector++)
        {
            var offset = vector * RowKernels.Lanes;
            AddVector(left + offset, leftStart + offset, leftRows + offset, stride, entries, LatentEntry.Values(entries), count);
            AddVector(right + offset, rightStart + offset, rightRows + offset, stride, entries, LatentEntry.Gradients(entries), count);
        }
    }

    // Sixteen sums in registers: half as many passes over the entries, and twice as many independent chains.
    private static void AddBoth(
        float* left, float* leftStart, float* leftRows, float* right, float* rightStart, float* rightRows, nint stride, LatentEntry* entries, int count)
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
            var leftWeight = Vector512.Create(entries[n].Value);
            l0 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow), l0);
            l1 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 16), l1);
            l2 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 32), l2);
            l3 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 48), l3);
            l4 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 64), l4);
            l5 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 80), l5);
            l6 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 96), l6);
            l7 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 112), l7);
            var rightRow = rightRows + offset;
            var rightWeight = Vector512.Create(entries[n].Gradient);
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

    // Where two registers hold one vector, both sums at once would not fit. The weights are those of one field of the entries.
    private static void AddOne(float* sums, float* start, float* rows, nint stride, LatentEntry* entries, float* weights, int count)
    {
        var s0 = Vector512.Load(start);
        var s1 = Vector512.Load(start + 16);
        var s2 = Vector512.Load(start + 32);
        var s3 = Vector512.Load(start + 48);
        var s4 = Vector512.Load(start + 64);
        var s5 = Vector512.Load(start + 80);
        var s6 = Vector512.Load(start + 96);
        var s7 = Vector512.Load(start + 112);
        for (var n = 0; n < count; n++)
        {
            var row = rows + entries[n].Row * stride;
            var weight = Vector512.Create(weights[n * LatentEntry.Stride]);
            s0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row), s0);
            s1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 16), s1);
            s2 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 32), s2);
            s3 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 48), s3);
            s4 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 64), s4);
            s5 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 80), s5);
            s6 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 96), s6);
            s7 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + 112), s7);
        }

        s0.Store(sums);
        s1.Store(sums + 16);
        s2.Store(sums + 32);
        s3.Store(sums + 48);
        s4.Store(sums + 64);
        s5.Store(sums + 80);
        s6.Store(sums + 96);
        s7.Store(sums + 112);
    }

    private static void AddVector(float* sums, float* start, float* rows, nint stride, LatentEntry* entries, float* weights, int count)
    {
        var sum = Vector512.Load(start);
        for (var n = 0; n < count; n++)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(weights[n * LatentEntry.Stride]), Vector512.Load(rows + entries[n].Row * stride), sum);
        }

        sum.Store(sums);
    }
}
