using Husai.Analysis.Latents;

namespace Husai.Analysis.Tests.Latents;

public sealed class ActivationHistogramTests
{
    [Theory]
    [InlineData(1f, 1f, 1.25f)]
    [InlineData(1.2499999f, 1f, 1.25f)]
    [InlineData(3.6f, 3.5f, 4f)]
    [InlineData(1e-30f, 0f, 1.9073486e-05f)]
    [InlineData(1e30f, 57344f, float.MaxValue)]
    public void A_value_is_counted_between_its_bounds(float value, float from, float to)
    {
        var counts = new long[ActivationHistogram.Bins];
        counts[ActivationHistogram.BinOf(value)] += 3;
        var histogram = ActivationHistogram.OfCounts(counts);
        Assert.Equal([3L], histogram.Counts);
        Assert.Equal([from, to], histogram.Edges);
    }

    [Fact]
    public void Empty_bins_stand_between_counts_only()
    {
        var counts = new long[ActivationHistogram.Bins];
        counts[ActivationHistogram.BinOf(1f)]++;
        counts[ActivationHistogram.BinOf(1.6f)]++;
        Assert.Equal([1L, 0L, 1L], ActivationHistogram.OfCounts(counts).Counts);
        Assert.Empty(ActivationHistogram.OfCounts(new long[ActivationHistogram.Bins]).Edges);
    }

    [Fact]
    public void Activations_are_counted_where_they_are_positive()
    {
        var histogram = ActivationHistogram.Of([0f, -2f, 1f, 1.6f, 1.1f]);

        Assert.Equal([2L, 0L, 1L], histogram.Counts);
        Assert.Equal([1f, 1.25f, 1.5f, 1.75f], histogram.Edges);
    }
}
