using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Randomness;

[RunsOnEveryTier]
public sealed class NormalQuantileTests
{
    // The check values printed with AS 241, to the digits of a double.
    [Theory]
    [InlineData(0.25, -0.67448975019608171)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(1e-20, -9.262340089798408)]
    public void The_published_values_come_out(double p, double expected) =>
        Assert.InRange(Quantile(p) / expected - 1, -2e-15, 2e-15);

    [Fact]
    public void It_inverts_the_distribution_function()
    {
        for (var i = 1; i < 1000; i++)
        {
            var p = i / 1000.0;
            Assert.InRange((1 + Transcendental.Erf(Quantile(p) / Math.Sqrt(2))) / 2 - p, -4e-16, 4e-16);
        }
    }

    [Fact]
    public void It_is_odd_and_rises_across_the_seams()
    {
        var previous = double.NegativeInfinity;
        foreach (var p in (double[])[1e-300, 1.3e-11, 1.38e-11, 1.39e-11, 1.4e-11, 0.07499, 0.075, 0.07501, 0.4, 0.5, 0.6, 0.925, 0.93])
        {
            Assert.True(Quantile(p) > previous);
            previous = Quantile(p);
        }

        Assert.Equal(0, Quantile(0.5));
        Assert.Equal(-Quantile(1.0 / 64), Quantile(63.0 / 64));
    }

    [Fact]
    public void A_lane_does_not_depend_on_its_neighbours()
    {
        double[] p = [0.5, 1e-3, 1e-30, 0.4, 0.9, 1 - 1e-13, 0.2, 0.6];
        var together = NormalQuantile.Of(Vector512.Create(p));
        for (var lane = 0; lane < p.Length; lane++)
        {
            Assert.Equal(Quantile(p[lane]), together[lane]);
        }
    }

    [Fact]
    public void Many_have_the_bits_of_one_at_a_time_and_may_take_their_place()
    {
        for (var count = 0; count < 20; count++)
        {
            var p = Enumerable.Range(1, count).Select(n => n / (count + 1.0)).ToArray();
            var expected = p.Select(NormalQuantile.At).ToArray();
            NormalQuantile.At(p, p);
            Assert.Equal(expected, p);
        }

        Assert.Throws<ArgumentException>(() => NormalQuantile.At(new double[2], new double[3]));
    }

    [Fact]
    public void The_ends_are_infinite_and_what_is_no_probability_is_refused()
    {
        Assert.Equal(double.NegativeInfinity, NormalQuantile.At(0));
        Assert.Equal(double.PositiveInfinity, NormalQuantile.At(1));
        foreach (var p in (double[])[-0.1, 1.1, double.NaN])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.At(p));
        }
    }

    private static double Quantile(double p) => NormalQuantile.Of(Vector512.Create(p)).ToScalar();
}
