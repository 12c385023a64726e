using Husai.Analysis.Latents;

namespace Husai.Analysis.Tests.Latents;

public sealed class SampledRowsTests
{
    private const int Rows = 400;

    [Fact]
    public void Each_row_is_as_likely_as_another_and_quantiles_are_where_they_should_be()
    {
        const int seeds = 1000;
        const int quantiles = 4;
        var (chosen, means) = (new int[Rows], new double[quantiles]);
        for (var seed = 0ul; seed < seeds; seed++)
        {
            var sampled = Sample(seed, quantiles, Enumerable.Range(0, Rows)).Of(0);
            for (var quantile = 0; quantile < quantiles; quantile++)
            {
                chosen[sampled[quantile].Row]++;
                means[quantile] += sampled[quantile].Activation / (Rows * (double)seeds);
            }
        }

        // The middle of a sixtieth of the rows in each quarter; the standard error of a mean is 0.002.
        for (var quantile = 0; quantile < quantiles; quantile++)
        {
            Assert.Equal((quantile + 0.5) / quantiles, means[quantile], 0.01);
        }

        // By how much a row is likely to be the middle of a quarter depends on its place, not on which of two neighbours it is.
        var (even, odd) = (chosen.Where((_, row) => row % 2 == 0).Sum(), chosen.Where((_, row) => row % 2 == 1).Sum());
        Assert.InRange(Math.Abs(even - odd), 0, 4 * Math.Sqrt(seeds * quantiles));
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        var forwards = Sample(3, 5, Enumerable.Range(0, Rows)).Of(0);
        Assert.Equal(forwards, Sample(3, 5, Enumerable.Range(0, Rows).Reverse()).Of(0));
        Assert.NotEqual(forwards, Sample(4, 5, Enumerable.Range(0, Rows)).Of(0));
        Assert.Equal(2, Sample(3, 5, [8, 2]).Of(0).Length);
        Assert.Empty(Sample(3, 0, [8, 2]).Of(0));
    }

    private static SampledRows Sample(ulong seed, int quantiles, IEnumerable<int> rows)
    {
        var keys = new ulong[Rows];
        SampledRows.FillKeys(seed, 0, keys);
        var sampled = new SampledRows(1, quantiles);
        foreach (var row in rows)
        {
            // Activations in another order than the rows.
            sampled.Add(0, new FiringRow(row, row * 7 % Rows + 0.5f), keys[row]);
        }

        return sampled;
    }
}
