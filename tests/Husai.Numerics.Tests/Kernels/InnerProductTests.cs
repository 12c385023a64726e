using Husai.Numerics.Kernels;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public sealed class InnerProductTests
{
    private delegate double Product(ReadOnlySpan<double> left, ReadOnlySpan<double> right);

    [Fact]
    public void In_order_rounds_term_by_term()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var (left, right) = (Normal(length, "left"), Normal(length, "right"));
            var expected = left.Zip(right).Aggregate(0.0, (sum, pair) => sum + (pair.First * pair.Second));
            Assert.Equal(expected, InnerProduct.InOrder(left, right));
        }
    }

    [Fact]
    public void Lanes_hold_every_term_once_at_every_length()
    {
        foreach (var product in new Product[] { InnerProduct.InEightLanes, InnerProduct.InSixteenLanes })
        {
            foreach (var length in TestMatrix.Widths)
            {
                // Whole numbers below 2^53 are added exactly in any order.
                var whole = Enumerable.Range(0, length).Select(i => (double)((i * i) + 1)).ToArray();
                Assert.Equal(whole.Sum(value => value * value), product(whole, whole));
                var (left, right) = (Normal(length, "left"), Normal(length, "right"));
                Assert.Equal(InnerProduct.InOrder(left, right), product(left, right), 1e-12);
            }
        }
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        foreach (var product in new Product[] { InnerProduct.InOrder, InnerProduct.InEightLanes, InnerProduct.InSixteenLanes })
        {
            var failure = Assert.Throws<ArgumentException>("left", () => product(new double[7], new double[8]));
            Assert.Contains("7", failure.Message, StringComparison.Ordinal);
            Assert.Contains("8", failure.Message, StringComparison.Ordinal);
        }
    }

    private static double[] Normal(int length, string purpose)
    {
        var stream = new RandomStream(7, "inner product." + purpose, (uint)length);
        return [.. Enumerable.Range(0, length).Select(_ => stream.NextNormal())];
    }
}
