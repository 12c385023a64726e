using Husai.Analysis.Statistics;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Statistics;

public sealed class JackknifeTests
{
    [Fact]
    public void Three_seeds_by_hand()
    {
        // Pairs 1, 2, 4: leaving out a seed leaves one pair; SE² = 2/3 ((1 - 7/3)² + (2 - 7/3)² + (4 - 7/3)²); t(.975, 2) = 4.302653.
        var interval = Jackknife.OfPairs([[0.0, 1, 2], [1, 0, 4], [2, 4, 0]]);
        var error = Math.Sqrt(2.0 / 3 * (16 + 1 + 25) / 9);
        Assert.Equal(7.0 / 3, interval.Mean, 1e-12);
        Assert.Equal(error, interval.StandardError!.Value, 1e-12);
        Assert.Equal(7.0 / 3 + 4.30265273 * error, interval.High!.Value, 1e-6);
    }

    [Fact]
    public void Two_seeds_have_an_estimate_and_no_interval()
    {
        var interval = Jackknife.OfPairs([[1.0, 0.4], [0.4, 1.0]]);
        Assert.Equal(0.4, interval.Mean);
        Assert.Null(interval.Low);
    }

    [Fact]
    public void One_seed_is_refused() => Assert.Throws<ArgumentException>(() => Jackknife.OfPairs([[1.0]]));

    [Theory]
    [InlineData(5, 0.5)]
    [InlineData(5, 1.5)]
    [InlineData(8, 1.0)]
    public void Its_intervals_cover_the_truth(int seeds, double seedDeviation)
    {
        // Score of a pair = truth + one effect of each seed + an effect of the pair.
        const int trials = 2000;
        var stream = new RandomStream(13, "test.coverage");
        var covered = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var effects = Enumerable.Range(0, seeds).Select(_ => seedDeviation * stream.NextNormal()).ToArray();
            var pairs = Enumerable.Range(0, seeds).Select(_ => new double[seeds]).ToArray();
            for (var i = 0; i < seeds; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    pairs[i][j] = pairs[j][i] = 0.3 + effects[i] + effects[j] + stream.NextNormal();
                }
            }

            var interval = Jackknife.OfPairs(pairs);
            covered += interval.Low <= 0.3 && interval.High >= 0.3 ? 1 : 0;
        }

        Assert.InRange(covered / (double)trials, 0.92, 1);
    }
}
