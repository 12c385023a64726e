using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public sealed unsafe class GatherKernelTests
{
    private const int Rows = 9;

    // Multiples of eight vectors go through both sums at once, other widths through one after the other.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(17)]
    public void Both_sums_are_chains_in_the_order_of_the_entries(int vectors)
    {
        var width = vectors * Lanes.Count;
        var stride = width + 3;
        var stream = new RandomStream(7, "gather", (uint)vectors);
        var (leftTable, rightTable) = (Normal(stream, Rows * stride), Normal(stream, Rows * stride));
        var (leftStart, rightStart) = (Normal(stream, width), Normal(stream, width));
        foreach (var count in TestMatrix.Widths)
        {
            var entries = new RowWeights[count];
            for (var n = 0; n < count; n++)
            {
                entries[n] = new RowWeights(stream.NextInt32(Rows), (float)stream.NextNormal(), (float)stream.NextNormal());
            }

            var offsets = Array.ConvertAll(entries, entry => entry.Row * stride);
            var (left, right) = (new float[width], new float[width]);
            fixed (float* leftResult = left, leftFrom = leftStart, leftRows = leftTable)
            fixed (float* rightResult = right, rightFrom = rightStart, rightRows = rightTable)
            fixed (RowWeights* chosen = entries)
            {
                // In two calls: the second goes on where the first ends.
                var half = count / 2;
                GatherKernel.AddWeightedRows(
                    leftResult, leftFrom, leftRows, rightResult, rightFrom, rightRows, stride, chosen, half, vectors);
                GatherKernel.AddWeightedRows(
                    leftResult, leftResult, leftRows, rightResult, rightResult, rightRows, stride, chosen + half, count - half, vectors);
            }

            Assert.Equal(PlainRows.WeightedSum(leftStart, leftTable, offsets, Array.ConvertAll(entries, entry => entry.Left)), left);
            Assert.Equal(PlainRows.WeightedSum(rightStart, rightTable, offsets, Array.ConvertAll(entries, entry => entry.Right)), right);
        }
    }

    private static float[] Normal(RandomStream stream, int length)
    {
        var values = new float[length];
        stream.FillNormal(values);
        return values;
    }
}
