using Husai.Analysis.Chance;
using Husai.Numerics.Functions;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Chance;

public sealed class DirectionalSpectrumTests
{
    [Fact]
    public void Spectrum_of_one_over_k()
    {
        var variances = DirectionalSpectrum.Variances([.. Enumerable.Range(1, 8).Select(k => 1.0 / k)]);
        double[] expected = [.48688, .17299, .10156, .07115, .05452, .0441, .03698, .03182];
        Assert.All(expected.Zip(variances), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        var moments = new double[8];
        DirectionalSpectrum.Moments(variances, moments);
        var total = Enumerable.Range(1, 8).Sum(k => 1.0 / k);
        Assert.All(Enumerable.Range(0, 8), k => Assert.Equal(1 / (k + 1.0) / total, moments[k], 1e-6));
    }

    [Fact]
    public void Two_dimensions_have_a_closed_form_which_the_integral_agrees_with()
    {
        var variances = DirectionalSpectrum.Variances([.8, .2]);
        Assert.Equal(16 / 17.0, variances[0], 1e-12);
        Assert.Equal(1 / 17.0, variances[1], 1e-12);
        var moments = new double[2];
        DirectionalSpectrum.Moments(variances, moments);
        Assert.Equal(.8, moments[0], 1e-5);
        Assert.Equal(.2, moments[1], 1e-5);
    }

    [Fact]
    public void Even_moments_stay_even_and_rank_one_stays_rank_one()
    {
        Assert.All(DirectionalSpectrum.Variances([.2, .2, .2, .2, .2]), variance => Assert.Equal(.2, variance, 1e-6));
        Assert.Equal([1.0, 0, 0], DirectionalSpectrum.Variances([3.0, 1e-12, 0]));
        Assert.Throws<ArgumentException>(() => DirectionalSpectrum.Variances([0.0, 0]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(768)]
    public void The_integral_is_that_of_its_definition_point_by_point(int width)
    {
        // The product over many axes leaves the range of doubles: here it is a sum of logarithms.
        var stream = new RandomStream(1, "test.spectrum");
        var variances = Enumerable.Range(0, width).Select(_ => 1e-6 + stream.NextDouble()).ToArray();
        var total = variances.Sum();
        variances = Array.ConvertAll(variances, variance => variance / total);
        var moments = new double[width];
        DirectionalSpectrum.Moments(variances, moments);
        const double step = 36.0 / 360;
        for (var k = 0; k < width; k += 1 + width / 5)
        {
            var expected = 0.0;
            for (var point = 0; point <= 360; point++)
            {
                var t = Transcendental.Exp(-14 + point * step);
                var logarithm = variances.Sum(variance => Transcendental.Log(1 + 2 * variance * t));
                expected += variances[k] / (1 + 2 * variances[k] * t) * Transcendental.Exp(-logarithm / 2) * t * step * (
                    point is 0 or 360 ? 0.5 : 1);
            }

            Assert.Equal(1, moments[k] / expected, 1e-12);
        }

        Assert.Equal(1, moments.Sum(), 1e-3);
    }
}
