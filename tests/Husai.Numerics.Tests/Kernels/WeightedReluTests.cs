using Husai.Numerics.Kernels;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public sealed unsafe class WeightedReluTests
{
    private const float Penalty = 0.25f;

    [Fact]
    public void Every_length_equals_the_plain_loop()
    {
        var random = new RandomStream(3, "weighted relu");
        for (var length = 0; length <= 130; length++)
        {
            float[] gradients = Normal(random, length), weights = Normal(random, length), sums = Normal(random, length);
            float[] codes = [.. Normal(random, length).Select(value => Math.Max(value, 0))], first = Normal(random, length);
            var fired = Enumerable.Range(0, length).ToArray();
            var (expectedGradients, expectedSums) = (new float[length], new float[length]);
            var (expectedFirst, expectedSum) = (new float[length], 0.0);
            for (var n = 0; n < length; n++)
            {
                expectedGradients[n] = codes[n] > 0 ? MathF.FusedMultiplyAdd(Penalty, weights[n], gradients[n]) : 0;
                expectedSums[n] = sums[n] + expectedGradients[n];
                expectedFirst[n] = MathF.FusedMultiplyAdd(Penalty, codes[n], first[n]);
                expectedSum += (double)codes[n] * weights[n];
            }

            fixed (float* gradient = gradients, code = codes, weight = weights, columnSums = sums, own = first)
            fixed (int* counts = fired)
            {
                var active = WeightedRelu.Backward(
                    gradient, code, weight, Penalty, length, new CodeColumnSums(columnSums, counts, own, null), out var sum);

                Assert.Equal(codes.Count(value => value > 0), active);
                Assert.Equal(expectedSum, sum, 1e-5);
            }

            Assert.Equal(expectedGradients, gradients);
            Assert.Equal(expectedSums, sums);
            Assert.Equal(expectedFirst, first);
            Assert.Equal(Enumerable.Range(0, length).Select(n => n + (codes[n] > 0 ? 1 : 0)), fired);
        }
    }

    private static float[] Normal(RandomStream random, int length)
    {
        var values = new float[length];
        random.FillNormal(values);
        return values;
    }
}
