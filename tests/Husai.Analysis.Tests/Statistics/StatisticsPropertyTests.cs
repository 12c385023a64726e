using FsCheck;
using FsCheck.Fluent;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Testing.Properties;

namespace Husai.Analysis.Tests.Statistics;

public sealed class StatisticsPropertyTests
{
    private const double Tolerance = 1e-10;

    // Eighths add up without rounding, and small ones tie.
    private static readonly Gen<double> Eighths = Gen.Choose(-40, 40).Select(value => value / 8.0);
    private static readonly Gen<double> Shares = Gen.Choose(0, 64).Select(value => value / 64.0);

    [Fact]
    public void An_interval_moves_and_stretches_with_its_pairs() => RandomCases.Check(
        from pairs in Pairs(Eighths, 2, 7)
        from shift in Eighths
        from factor in Eighths.Where(value => value != 0)
        from order in Gen.Shuffle(Enumerable.Range(0, pairs.Length).ToArray())
        select (pairs, shift, factor, order),
        values =>
        {
            var interval = Jackknife.OfPairs(values.pairs);
            var moved = Jackknife.OfPairs(Moved(values.pairs, values.factor, values.shift));
            var reordered = Jackknife.OfPairs([.. values.order.Select(i => values.order.Select(j => values.pairs[i][j]).ToArray())]);

            Assert.Equal(interval.Mean, reordered.Mean, Tolerance);
            Assert.Equal(values.factor * interval.Mean + values.shift, moved.Mean, Tolerance);
            Assert.Equal(interval.StandardError is null, values.pairs.Length < 3);
            if (interval.StandardError is { } error)
            {
                Assert.Equal(error, reordered.StandardError!.Value, Tolerance);
                Assert.Equal(Math.Abs(values.factor) * error, moved.StandardError!.Value, Tolerance);
                Assert.Equal(interval.Mean - interval.Low!.Value, interval.High!.Value - interval.Mean, Tolerance);
                Assert.Equal(error == 0, interval.High == interval.Low);
            }
        });

    [Fact]
    public void A_permutation_test_asks_only_which_similarities_are_larger() => RandomCases.Check(
        from first in Gen.Choose(2, 4)
        from second in Gen.Choose(2, 4)
        from pairs in Pairs(Eighths, first + second, first + second)
        from shift in Eighths
        from factor in Gen.Elements(0.25, 0.5, 2, 4)
        from order in Gen.Shuffle(Enumerable.Range(0, first).ToArray())
        select (first, second, pairs, shift, factor, order),
        values =>
        {
            int[] firstSeeds = [.. Enumerable.Range(0, values.first)];
            int[] secondSeeds = [.. Enumerable.Range(values.first, values.second)];
            var test = Within(values.pairs, firstSeeds, secondSeeds);
            var moved = Within(Moved(values.pairs, values.factor, values.shift), firstSeeds, secondSeeds);
            var reordered = Within(values.pairs, values.order, secondSeeds);
            var exchanged = Within(values.pairs, secondSeeds, values.order);

            Assert.Equal(values.factor * test.Statistic, moved.Statistic, Tolerance);
            Assert.Equal(-test.Statistic, exchanged.Statistic, Tolerance);
            Assert.Equal((test.PGreater, test.PTwoSided), (moved.PGreater, moved.PTwoSided));
            Assert.Equal((test.PGreater, test.PTwoSided), (reordered.PGreater, reordered.PTwoSided));
            Assert.Equal(test.PTwoSided, exchanged.PTwoSided);
            Assert.InRange(test.PGreater, test.SmallestPGreater, 1);
            Assert.InRange(test.PTwoSided, test.SmallestPTwoSided, 1);
            Assert.InRange(test.PGreater + exchanged.PGreater, 1, 2);
        },
        count: 100);

    [Fact]
    public void A_sign_flip_test_knows_neither_order_nor_scale() => RandomCases.Check(
        from differences in Values(Eighths, 1, 8)
        from factor in Gen.Elements(0.25, 0.5, 2, 4)
        from order in Gen.Shuffle(differences)
        select (differences, factor, order),
        values =>
        {
            var test = SignFlipTest.Mean(values.differences);
            var stretched = SignFlipTest.Mean([.. values.differences.Select(value => values.factor * value)]);
            var negated = SignFlipTest.Mean([.. values.differences.Select(value => -value)]);

            Assert.Equal((test.PGreater, test.PTwoSided), (stretched.PGreater, stretched.PTwoSided));
            Assert.Equal(test, SignFlipTest.Mean(values.order));
            Assert.Equal((-test.Statistic, test.PTwoSided), (negated.Statistic, negated.PTwoSided));
            Assert.InRange(test.PGreater + negated.PGreater, 1, 2);
            Assert.InRange(test.PGreater, test.SmallestPGreater, 1);
        });

    [Fact]
    public void Adjusted_p_values_keep_their_order_and_never_fall_below_the_raw_ones() => RandomCases.Check(Values(Shares, 1, 12), p =>
    {
        var holm = MultipleComparisons.Holm(p);
        var step = MultipleComparisons.BenjaminiHochberg(p);

        Assert.Equal(Math.Min(1, p.Length * p.Min()), holm.Min(), Tolerance);
        Assert.Equal(p.Max(), step.Max(), Tolerance);
        for (var i = 0; i < p.Length; i++)
        {
            Assert.InRange(step[i], p[i], 1);
            Assert.InRange(holm[i], step[i], 1);
            for (var j = 0; j < p.Length; j++)
            {
                Assert.True(p[i] > p[j] || (holm[i] <= holm[j] && step[i] <= step[j]));
            }
        }
    });

    [Fact]
    public void Kappa_lies_between_what_chance_leaves_below_it_and_1() => RandomCases.Check(
        from seeds in Gen.Choose(2, 6)
        from scores in Pairs(Shares, seeds, seeds)
        from levels in Pairs(Shares, seeds, seeds)
        select (scores, levels),
        values =>
        {
            var level = OffDiagonal(values.levels).Average();
            var kappa = Kappa.Of(values.scores, values.levels);

            Assert.Equal(1 - level >= Kappa.LeastRoom, kappa is not null);
            if (kappa is not null)
            {
                Assert.InRange(kappa.Value, Kappa.Corrected(0, level) - Tolerance, 1 + Tolerance);
                Assert.Equal(OffDiagonal(values.scores).Average() > level, kappa.Value > Tolerance);
                Assert.InRange(kappa.Value, kappa.Low ?? kappa.Value, kappa.High ?? kappa.Value);
                Assert.Equal(0, Kappa.Of(values.levels, values.levels)!.Value, Tolerance);
                Assert.Equal(1, Kappa.Of(Moved(values.scores, 0, 1), values.levels)!.Value, Tolerance);
            }
        });

    private static double[][] Moved(double[][] pairs, double factor, double shift) =>
        [.. pairs.Select(row => row.Select(value => factor * value + shift).ToArray())];

    private static Analysis.Statistics.TestResult Within(double[][] pairs, int[] first, int[] second)
    {
        int[] order = [.. first, .. second];
        var similarities = new double[order.Length, order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            for (var j = 0; j < order.Length; j++)
            {
                similarities[i, j] = pairs[order[i]][order[j]];
            }
        }

        return PermutationTest.Within(similarities, first.Length);
    }

    private static IEnumerable<double> OffDiagonal(double[][] pairs) => pairs.SelectMany((row, i) => row.Where((_, j) => j != i));

    private static Gen<double[]> Values(Gen<double> value, int fewest, int most) =>
        from count in Gen.Choose(fewest, most)
        from values in value.ArrayOf(count)
        select values;

    // Symmetric, one value for each pair of seeds.
    private static Gen<double[][]> Pairs(Gen<double> value, int fewest, int most) =>
        from seeds in Gen.Choose(fewest, most)
        from values in value.ArrayOf(seeds * seeds)
        select Enumerable.Range(0, seeds)
            .Select(i => Enumerable.Range(0, seeds).Select(j => values[Math.Max(i, j) * seeds + Math.Min(i, j)]).ToArray()).ToArray();
}
