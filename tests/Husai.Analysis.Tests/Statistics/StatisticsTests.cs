using Husai.Analysis.Statistics;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public void The_published_U_test_comes_out()
    {
        var test = MannWhitney.FromU(82, 10, 10);
        Assert.Equal(.007345, test.ExactGreater!.Value, 5e-7);
        Assert.Equal(.0086287, test.AsymptoticGreater, 5e-8);
        Assert.Equal(2 * test.ExactGreater.Value, test.ExactTwoSided!.Value, 1e-15);
        Assert.Equal(2 * test.AsymptoticGreater, test.AsymptoticTwoSided, 1e-12);
    }

    [Fact]
    public void U_of_separated_samples_is_the_product_of_their_sizes()
    {
        var test = MannWhitney.Test([5, 6, 7], [1, 2, 3, 4]);
        Assert.Equal(12, test.U);
        Assert.Equal(1.0 / 35, test.ExactGreater!.Value, 1e-12);
        Assert.Null(MannWhitney.Test([5, 6], [5, 1]).ExactGreater);
        Assert.Equal(3.5, MannWhitney.Test([5, 6], [5, 1]).U);
    }

    [Fact]
    public void Five_against_five_separated_seeds_reach_the_smallest_p()
    {
        var similarities = Blocks(5, 5, 0.9, 0.5);
        var test = PermutationTest.Within(similarities, 5);
        Assert.True(test.Exact);
        Assert.Equal(252, test.Relabellings);
        Assert.Equal(0.4, test.Statistic, 1e-12);
        Assert.Equal(1.0 / 252, test.PGreater, 1e-12);
        Assert.Equal(1.0 / 252, test.SmallestPGreater, 1e-12);
        Assert.Equal(2.0 / 252, test.SmallestPTwoSided, 1e-12);
    }

    [Fact]
    public void Unequal_groups_have_a_single_extreme_labelling()
    {
        var test = PermutationTest.Within(Blocks(3, 4, 0.9, 0.5), 3);
        Assert.Equal(35, test.Relabellings);
        Assert.Equal(1.0 / 35, test.SmallestPTwoSided, 1e-12);
    }

    [Fact]
    public void Too_many_labellings_are_sampled()
    {
        var test = PermutationTest.Within(Blocks(12, 12, 0.9, 0.5), 12, samples: 2000, seed: 3);
        Assert.False(test.Exact);
        Assert.Equal(1.0 / 2001, test.PGreater, 1e-12);
        Assert.Equal(test, PermutationTest.Within(Blocks(12, 12, 0.9, 0.5), 12, samples: 2000, seed: 3));
    }

    [Fact]
    public void A_permutation_test_keeps_its_level_where_pairs_are_correlated()
    {
        var stream = new RandomStream(8, "test.level");
        const int trials = 2000;
        var rejections = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var effects = Enumerable.Range(0, 10).Select(_ => stream.NextNormal()).ToArray();
            var pairs = new double[10, 10];
            for (var i = 0; i < 10; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    pairs[i, j] = pairs[j, i] = effects[i] + effects[j] + 0.5 * stream.NextNormal();
                }
            }

            rejections += PermutationTest.Within(pairs, 5).PTwoSided <= 0.05 ? 1 : 0;
        }

        // 12 of 252 labellings can be rejected at 5%; four standard errors of a share over the trials.
        const double level = 12 / 252.0;
        var error = Math.Sqrt(level * (1 - level) / trials);
        Assert.InRange(rejections / (double)trials, level - 4 * error, level + 4 * error);
    }

    [Fact]
    public void Sign_flips_of_five_equal_differences()
    {
        var test = SignFlipTest.Mean([1.0, 1, 1, 1, 1]);
        Assert.Equal(1.0 / 32, test.PGreater, 1e-12);
        Assert.Equal(2.0 / 32, test.PTwoSided, 1e-12);
        Assert.Equal(1.0, SignFlipTest.Mean([-1.0, -1]).PGreater, 1e-12);
    }

    [Fact]
    public void Effect_sizes_by_hand()
    {
        // Means 3 and 1, both variances 1: d = 2, g = 2 (1 - 3/15).
        Assert.Equal(2, EffectSize.CohenD([2, 3, 4], [0, 1, 2]), 1e-12);
        Assert.Equal(1.6, EffectSize.HedgesG([2, 3, 4], [0, 1, 2]), 1e-12);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.308497)]
    [InlineData(10, 10, 0.691503, 1)]
    [InlineData(5, 10, 0.187086, 0.812914)]
    [InlineData(4, 4, 0.397635, 1)]
    public void Clopper_Pearson_intervals(int successes, int trials, double low, double high)
    {
        var interval = ClopperPearson.Interval(successes, trials);
        Assert.Equal(low, interval.Low, 1e-6);
        Assert.Equal(high, interval.High, 1e-6);
    }

    [Fact]
    public void Adjusted_p_values_by_hand()
    {
        double[] p = [0.01, 0.04, 0.03, 0.005];
        Assert.Equal([0.03, 0.06, 0.06, 0.02], MultipleComparisons.Holm(p), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.02, 0.04, 0.04, 0.02], MultipleComparisons.BenjaminiHochberg(p), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Rank_correlation_with_ties_by_hand()
    {
        Assert.Equal(1, RankCorrelation.Spearman([1, 2, 30], [-5, 0, 2]), 1e-12);
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Spearman([1, 2, 2, 3], [1, 2, 3, 4]), 1e-12);
        Assert.True(double.IsNaN(RankCorrelation.Spearman([1, 1], [1, 2])));
    }

    private static double[,] Blocks(int first, int second, double within, double other)
    {
        var result = new double[first + second, first + second];
        for (var i = 0; i < first + second; i++)
        {
            for (var j = 0; j < first + second; j++)
            {
                result[i, j] = i < first && j < first ? within : i >= first && j >= first ? other : (within + other) / 2;
            }
        }

        return result;
    }
}
