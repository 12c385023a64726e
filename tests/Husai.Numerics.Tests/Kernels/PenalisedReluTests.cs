using Husai.Numerics.Kernels;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public sealed unsafe class PenalisedReluTests
{
    private const float Penalty = 0.25f;

    [Fact]
    public void Gradients_sums_and_counts_are_those_of_each_element_at_every_length()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var stream = new RandomStream(7, "penalised relu", (uint)length);
            var (codes, gradients, sums, counts) = (new float[length], new float[length], new float[length], new int[length]);
            stream.FillNormal(gradients);
            stream.FillNormal(sums);
            for (var n = 0; n < length; n++)
            {
                // Quarters, so that their sum is exact in any order.
                codes[n] = Math.Max(0, stream.NextInt32(9) - 4) / 4f;
                counts[n] = n;
            }

            var expected = gradients.Select((gradient, n) => codes[n] > 0 ? gradient + Penalty : 0f).ToArray();
            var expectedSums = sums.Select((sum, n) => sum + expected[n]).ToArray();
            var expectedCounts = counts.Select((count, n) => count + (codes[n] > 0 ? 1 : 0)).ToArray();
            fixed (float* gradient = gradients, code = codes, columnSums = sums)
            fixed (int* columnCounts = counts)
            {
                var active = PenalisedRelu.Backward(gradient, code, Penalty, length, columnSums, columnCounts, out var sum);
                Assert.Equal(codes.Count(value => value > 0), active);
                Assert.Equal(codes.Sum(value => (double)value), sum);
            }

            Assert.Equal(expected, gradients);
            Assert.Equal(expectedSums, sums);
            Assert.Equal(expectedCounts, counts);
        }
    }
}
