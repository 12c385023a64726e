using Husai.Analysis.Statistics;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Statistics;

public sealed class SaturationFitTests
{
    private static readonly double[] Budgets = [2e6, 3e6, 5e6, 7.5e6, 1e7, 1e7, 1.5e7, 2e7];

    [Theory]
    [InlineData(0.7, 0.75)]
    [InlineData(0.9, 1.0)]
    public void A_curve_without_noise_is_followed_to_its_limit(double limit, double exponent)
    {
        var fit = SaturationFit.At([.. Budgets.Select(budget => (budget, Score(budget, limit, exponent)))], 2e8, start: 0.15);

        // But for the grid of scales.
        Assert.Equal(Score(2e8, limit, exponent), fit!.Mean, 0.003);
    }

    [Fact]
    public void No_limit_is_above_one()
    {
        var fit = SaturationFit.At([.. Budgets.Select(budget => (budget, budget / 2.2e7))], 2e8, start: 0);

        Assert.InRange(fit!.Mean, 0.9, 1);
    }

    [Fact]
    public void Too_few_budgets_have_no_fit()
    {
        Assert.Null(SaturationFit.At([(1, 0.1), (2, 0.2), (3, 0.25)], 10, 0));
        Assert.Null(SaturationFit.At([(1, 0.1), (1, 0.2), (3, 0.25), (3, 0.3)], 10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SaturationFit.At([(0, 0.1), (1, 0.2), (3, 0.25), (4, 0.3)], 10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SaturationFit.At([(1, 0.1), (2, 0.2), (3, 0.25), (4, 0.3)], 10, 1));
    }

    [Theory]
    [InlineData(0.75)]
    [InlineData(1.0)]
    public void Its_intervals_cover_the_truth(double exponent)
    {
        const int trials = 200;
        var random = new RandomStream(12, "test.saturation");
        var covered = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var fit = SaturationFit.At(
                [.. Budgets.Select(budget => (budget, Score(budget, 0.75, exponent) + 0.005 * random.NextNormal()))], 2e8, 0.15)!;
            var truth = Score(2e8, 0.75, exponent);
            covered += fit.Low <= truth && truth <= fit.High ? 1 : 0;
        }

        Assert.InRange(covered / (double)trials, 0.9, 1);
    }

    private static double Score(double budget, double limit, double exponent) =>
        0.15 + (limit - 0.15) * (1 - Math.Exp(-Math.Pow(budget / 9e6, exponent)));
}
