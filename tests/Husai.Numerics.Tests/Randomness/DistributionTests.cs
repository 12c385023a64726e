using Husai.Numerics.Functions;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.Tests.Randomness;

/// <summary>Statistical tests with fixed seeds. The critical values are those of a chance of about 1 in 1000.</summary>
public sealed class DistributionTests
{
    private const int Count = 200_000;

    // Kolmogorov: P(sqrt(n) D > 1.95) = 0.001.
    private const double KolmogorovCritical = 1.95;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Uniform_numbers_are_uniform(ulong seed)
    {
        var stream = new RandomStream(seed, "uniform");
        AssertDistribution([.. Enumerable.Range(0, Count).Select(_ => stream.NextDouble())], x => x);
        AssertDistribution([.. Enumerable.Range(0, Count).Select(_ => (double)stream.NextSingle())], x => x);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Normal_numbers_are_normal(ulong seed)
    {
        var stream = new RandomStream(seed, "normal");
        var values = Enumerable.Range(0, Count).Select(_ => stream.NextNormal()).ToArray();

        AssertDistribution(values, x => (1 + Transcendental.Erf(x / Math.Sqrt(2))) / 2);

        // Deviations of the sample moments: 1, sqrt 2, sqrt 15 and sqrt 96, over sqrt n.
        double[] moments = [0, 1, 0, 3];
        double[] deviations = [1, Math.Sqrt(2), Math.Sqrt(15), Math.Sqrt(96)];
        for (var order = 1; order <= 4; order++)
        {
            var moment = values.Average(x => Enumerable.Repeat(x, order).Aggregate((left, right) => left * right));
            Assert.InRange(Math.Abs(moment - moments[order - 1]), 0, 3.3 * deviations[order - 1] / Math.Sqrt(Count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(113)]
    [InlineData(1000)]
    public void Bounded_numbers_are_uniform(int bound)
    {
        var stream = new RandomStream(5, "bounded");
        var counts = new int[bound];
        for (var i = 0; i < Count; i++)
        {
            counts[stream.NextInt32(bound)]++;
        }

        AssertEven(counts);
    }

    [Fact]
    public void A_large_bound_is_without_bias()
    {
        // 2^32 words over 3 x 2^29 values: without rejection two of three values would come up 3 times where the third does 2 times.
        var stream = new RandomStream(6, "large");
        var counts = new int[3];
        for (var i = 0; i < Count; i++)
        {
            counts[stream.NextInt32(3 << 29) % 3]++;
        }

        AssertEven(counts);
    }

    [Fact]
    public void All_orders_are_equally_likely()
    {
        var counts = new Dictionary<string, int>();
        var stream = new RandomStream(8, "orders");
        for (var i = 0; i < Count / 4; i++)
        {
            var order = string.Join(' ', stream.Permutation(4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        AssertEven([.. counts.Values]);
    }

    [Fact]
    public void All_samples_are_equally_likely()
    {
        var counts = new int[40 * 40];
        var stream = new RandomStream(9, "samples");
        for (var i = 0; i < Count; i++)
        {
            var sample = stream.Sample(40, 2);
            counts[sample[0] * 40 + sample[1]]++;
        }

        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(0, counts[i * 41]));
        AssertEven([.. counts.Where((_, pair) => pair % 41 != 0)]);
    }

    [Fact]
    public void Neighbouring_streams_are_uncorrelated()
    {
        var (a, b) = (new RandomStream(1, "stream", 0), new RandomStream(1, "stream", 1));
        var correlation = Enumerable.Range(0, Count).Average(_ => a.NextNormal() * b.NextNormal());

        Assert.InRange(Math.Abs(correlation), 0, 3.3 / Math.Sqrt(Count));
    }

    private static void AssertDistribution(double[] values, Func<double, double> distribution)
    {
        Array.Sort(values);
        var largest = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var expected = distribution(values[i]);
            largest = Math.Max(largest, Math.Max(expected - (double)i / values.Length, (i + 1.0) / values.Length - expected));
        }

        Assert.InRange(largest * Math.Sqrt(values.Length), 0, KolmogorovCritical);
    }

    // Chi-square by the cube root approximation (Wilson and Hilferty 1931): 3.1 standard deviations.
    private static void AssertEven(int[] counts)
    {
        var freedom = counts.Length - 1.0;
        if (freedom == 0)
        {
            return;
        }

        var expected = counts.Sum() / (double)counts.Length;
        var statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        var deviate = (Math.Cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / Math.Sqrt(2 / (9 * freedom));
        Assert.InRange(deviate, double.NegativeInfinity, 3.1);
    }
}
