using Husai.Analysis.Statistics;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Statistics;

public sealed class BudgetFitTests
{
    private static readonly double[] Budgets = [1e6, 3e6, 1e7, 1e7, 1e7, 3e7];

    [Theory]
    [InlineData(0.5, 0.25)]
    [InlineData(0.8, 0.5)]
    [InlineData(0.7, 1.0)]
    public void A_curve_without_noise_is_followed_to_its_end(double limit, double exponent)
    {
        double Score(double budget) => limit - 40 * Math.Pow(budget, -exponent);

        var fit = BudgetFit.At([.. Budgets.Select(budget => (budget, Score(budget)))], 2e8);

        Assert.Equal(Score(2e8), fit!.Mean, 1e-9);
        Assert.Equal(fit.Low!.Value, fit.High!.Value, 1e-6);
    }

    [Fact]
    public void A_score_that_grows_with_the_logarithm_is_followed_too()
    {
        var fit = BudgetFit.At([.. Budgets.Select(budget => (budget, 0.05 * Math.Log(budget)))], 2e8);

        Assert.Equal(0.05 * Math.Log(2e8), fit!.Mean, 1e-9);
    }

    [Fact]
    public void Too_few_budgets_have_no_fit()
    {
        Assert.Null(BudgetFit.At([(1, 0.1), (2, 0.2), (3, 0.25)], 10));
        Assert.Null(BudgetFit.At([(1, 0.1), (1, 0.2), (3, 0.25), (3, 0.3)], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetFit.At([(0, 0.1), (1, 0.2), (3, 0.25), (4, 0.3)], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetFit.At([(1, 0.1), (2, 0.2), (3, 0.25), (4, 0.3)], 0));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Its_intervals_cover_the_truth(double exponent)
    {
        const int trials = 600;
        var random = new RandomStream(11, "test.budget");
        var covered = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            // From .45 at the smallest budget towards .75.
            double Score(double budget) => 0.75 - 0.3 * Math.Pow(budget / 1e6, -exponent);
            var fit = BudgetFit.At([.. Budgets.Select(budget => (budget, Score(budget) + 0.004 * random.NextNormal()))], 2e8)!;
            covered += fit.Low <= Score(2e8) && Score(2e8) <= fit.High ? 1 : 0;
        }

        // The set of possible values is by linear theory at each exponent, and an exponent at the edge of the grid makes it wider.
        Assert.InRange(covered / (double)trials, 0.92, 1);
    }
}
