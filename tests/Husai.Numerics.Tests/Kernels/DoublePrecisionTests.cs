using Husai.Numerics.Kernels;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class DoublePrecisionTests
{
    [Fact]
    public void Products_and_sums_round_on_their_own_at_every_length()
    {
        const double factor = 1.0 / 3;
        for (var length = 0; length <= 40; length++)
        {
            var source = TestMatrix.Normal(1, length + 1, "multiples.source").Row(0)[..length].ToArray();
            var start = Enumerable.Range(0, length).Select(i => 1.0 / (i + 7)).ToArray();
            var expected = new double[length];
            for (var i = 0; i < length; i++)
            {
                var product = factor * source[i];
                expected[i] = start[i] + product;
            }

            var (ofSingles, ofDoubles) = ((double[])start.Clone(), (double[])start.Clone());
            DoublePrecision.AddMultiple(ofSingles, source, factor);
            DoublePrecision.AddMultiple(ofDoubles, Array.ConvertAll(source, value => (double)value), factor);

            Assert.Equal(expected, ofSingles);
            Assert.Equal(expected, ofDoubles);
        }
    }

    [Fact]
    public void Other_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DoublePrecision.AddMultiple(new double[3], new double[4], 1));
        Assert.Throws<ArgumentException>(() => DoublePrecision.AddMultiple(new double[3], new float[2], 1));
    }
}
