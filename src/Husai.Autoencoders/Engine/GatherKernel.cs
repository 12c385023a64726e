using System.Runtime.Intrinsics;

namespace Husai.Autoencoders;

/// <summary>Two weighted sums over the same rows of two matrices: the gradients of a latent's decoder and encoder rows.</summary>
internal static unsafe class GatherKernel
{
    private const int Vectors = 8;

    /// <summary>
    /// left += sum of leftWeights[n] * leftRows[indices[n]], right likewise, added in the order of n. Each element is one chain of fused
    /// multiply-adds, so that calls with consecutive stretches of the entries give the same bits as one call.
    /// </summary>
    /// <param name="left">Sum to add to.</param>
    /// <param name="leftRows">First row of the first matrix.</param>
    /// <param name="leftWeights">Weight of each of its rows.</param>
    /// <param name="right">Sum to add to.</param>
    /// <param name="rightRows">First row of the second matrix.</param>
    /// <param name="rightWeights">Weight of each of its rows.</param>
    /// <param name="stride">Floats from row to row in both.</param>
    /// <param name="indices">Rows to add.</param>
    /// <param name="count">How many.</param>
    /// <param name="vectors">Length of a row in vectors.</param>
    public static void AddWeightedRows(
        float* left, float* leftRows, float* leftWeights, float* right, float* rightRows, float* rightWeights, nint stride,
        int* indices, int count, int vectors)
    {
        if (vectors == Vectors && Vector512.IsHardwareAccelerated)
        {
            AddBoth(left, leftRows, leftWeights, right, rightRows, rightWeights, stride, indices, count);
            return;
        }

        RowKernels.WeightedSum(left, left, leftRows, stride, indices, leftWeights, count, vectors);
        RowKernels.WeightedSum(right, right, rightRows, stride, indices, rightWeights, count, vectors);
    }

    // Sixteen sums in registers: half as many passes over the entries, and twice as many independent chains.
    private static void AddBoth(
        float* left, float* leftRows, float* leftWeights, float* right, float* rightRows, float* rightWeights, nint stride, int* indices, int count)
    {
        var l0 = Vector512.Load(left);
        var l1 = Vector512.Load(left + 16);
        var l2 = Vector512.Load(left + 32);
        var l3 = Vector512.Load(left + 48);
        var l4 = Vector512.Load(left + 64);
        var l5 = Vector512.Load(left + 80);
        var l6 = Vector512.Load(left + 96);
        var l7 = Vector512.Load(left + 112);
        var r0 = Vector512.Load(right);
        var r1 = Vector512.Load(right + 16);
        var r2 = Vector512.Load(right + 32);
        var r3 = Vector512.Load(right + 48);
        var r4 = Vector512.Load(right + 64);
        var r5 = Vector512.Load(right + 80);
        var r6 = Vector512.Load(right + 96);
        var r7 = Vector512.Load(right + 112);
        for (var n = 0; n < count; n++)
        {
            var offset = indices[n] * stride;
            var leftRow = leftRows + offset;
            var leftWeight = Vector512.Create(leftWeights[n]);
            l0 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow), l0);
            l1 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 16), l1);
            l2 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 32), l2);
            l3 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 48), l3);
            l4 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 64), l4);
            l5 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 80), l5);
            l6 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 96), l6);
            l7 = Vector512.FusedMultiplyAdd(leftWeight, Vector512.Load(leftRow + 112), l7);
            var rightRow = rightRows + offset;
            var rightWeight = Vector512.Create(rightWeights[n]);
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
