using Husai.Formats.Histograms;

namespace Husai.Formats.Tests.Histograms;

public sealed class HistogramTests
{
    [Fact]
    public void Values_fall_into_bins_as_in_numpy()
    {
        // numpy.histogram([0, 1, 2, 2.5, 4], bins=4)
        var histogram = new Histogram([0, 1, 2, 2.5f, 4], 4);
        Assert.Equal([1L, 1L, 2L, 1L], histogram.Counts);
        Assert.Equal([0.0, 1.0, 2.0, 3.0, 4.0], histogram.Edges);
        Assert.Equal((5L, 9.5, 27.25), (histogram.Count, histogram.Sum, histogram.SumOfSquares));
    }

    [Fact]
    public void Equal_values_get_bins_around_them()
    {
        var histogram = new Histogram([3, 3], 2);
        Assert.Equal([2.5, 3.0, 3.5], histogram.Edges);
        Assert.Equal(2, histogram.Counts.Sum());
        Assert.Equal((3.0, 3.0), (histogram.Minimum, histogram.Maximum));
    }

    [Fact]
    public void Values_that_are_not_finite_fall_into_no_bin()
    {
        var histogram = new Histogram([float.NaN, 1, float.PositiveInfinity, 2], 2);
        Assert.Equal([1L, 1L], histogram.Counts);
        Assert.Equal(0, new Histogram([], 3).Counts.Sum());
        Assert.Equal((0.0, 0.0), (new Histogram([]).Minimum, new Histogram([]).Maximum));
    }

    [Fact]
    public void The_largest_floats_do_not_overflow() =>
        Assert.Equal([1L, 1L], new Histogram([-float.MaxValue, float.MaxValue], 2).Counts);
}
