using Husai.Analysis.Stability;

namespace Husai.Analysis.Tests.Stability;

public sealed class PairSpreadTests
{
    [Fact]
    public void Each_pair_counts_once_and_the_diagonal_not()
    {
        var spread = PairSpread.Of([[1, 0.2, 0.8], [0.2, 1, 0.5], [0.8, 0.5, 1]]);

        Assert.Equal(3, spread.Pairs);
        Assert.Equal(0.3, spread.StandardDeviation!.Value, 12);
        Assert.Equal((0.2, 0.5, 0.8), (spread.Least, spread.Median, spread.Largest));
        Assert.Equal(1.0 / 3, spread.ShareAboveThreshold);
    }

    [Fact]
    public void An_even_number_of_pairs_has_the_mean_of_the_middle_two_as_median()
    {
        var spread = PairSpread.Of([[1, 0.1, 0.2, 0.3], [0.1, 1, 0.4, 0.5], [0.2, 0.4, 1, 0.6], [0.3, 0.5, 0.6, 1]]);

        Assert.Equal(0.35, spread.Median, 12);
    }

    [Fact]
    public void One_pair_has_no_deviation_and_one_row_no_pair()
    {
        Assert.Null(PairSpread.Of([[1, 0.7], [0.7, 1]]).StandardDeviation);
        Assert.Equal(0, PairSpread.Of([[1, 0.7], [0.7, 1]]).ShareAboveThreshold);
        Assert.Throws<ArgumentException>(() => PairSpread.Of([[1]]));
    }
}
