using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tests.Drawing;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 0.0042, 5, "0.000 0.001 0.002 0.003 0.004")]
    [InlineData(-3, 3, 4, "\u22122 0 2")]
    [InlineData(0, 52000, 3, "0 20\u2009000 40\u2009000")]
    public void Linear_ticks_are_round(double low, double high, int most, string expected)
    {
        var ticks = new LinearScale(low, high).Ticks(most);

        Assert.Equal(expected.Split(' '), ticks.Select(tick => tick.Label));
    }

    [Fact]
    public void On_an_axis_of_steps_the_initialisation_stands_left_of_the_first_step()
    {
        var scale = new StepScale(14, 900);

        Assert.Equal("0", scale.Ticks(5)[0].Label);
        Assert.True(scale.Position(0) < scale.Position(14) && scale.Position(14) < scale.Position(112));
        // Doublings are equally far apart.
        Assert.Equal(scale.Position(28) - scale.Position(14), scale.Position(896) - scale.Position(448), 1e-9);
        Assert.InRange(scale.Position(900), 0.9, 1);
    }

    [Theory]
    [InlineData(1e-9, 3e-9)]
    [InlineData(0.1, 0.1000001)]
    [InlineData(-1e12, 5e11)]
    [InlineData(7, 7)]
    public void Any_range_has_at_least_one_tick_and_no_more_than_asked_for(double low, double high)
    {
        var scale = new LinearScale(low, high);
        for (var most = 2; most < 12; most++)
        {
            var ticks = scale.Ticks(most);

            Assert.InRange(ticks.Count, 1, most);
            Assert.All(ticks, tick => Assert.InRange(scale.Position(tick.Value), -1e-6, 1 + 1e-6));
            Assert.Equal(ticks.Count, ticks.Select(tick => tick.Value).Distinct().Count());
        }
    }

    [Fact]
    public void Logarithmic_ticks_of_a_short_axis_are_one_two_and_five() =>
        Assert.Equal(["5", "10", "20", "50"], new LogScale(3, 70).Ticks(8).Select(tick => tick.Label));

    [Theory]
    [InlineData(2.4, 2.9)]
    [InlineData(2.1, 4.9)]
    [InlineData(0.00301, 0.00302)]
    [InlineData(900, 1100)]
    public void Logarithmic_ticks_of_the_shortest_axes_are_those_of_a_linear_one(double low, double high)
    {
        var ticks = new LogScale(low, high).Ticks(6);

        Assert.InRange(ticks.Count, 2, 6);
        Assert.Equal(new LinearScale(low, high).Ticks(6), ticks);
        Assert.All(ticks, tick => Assert.InRange(tick.Value, low, high));
    }

    [Fact]
    public void Logarithmic_ticks_of_a_long_axis_are_powers_of_ten()
    {
        var ticks = new LogScale(2e-7, 30).Ticks(4);

        Assert.Equal([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10], ticks.Select(tick => tick.Value));
        Assert.Equal(["10^-6", "10^-4", "10^-2", "1"], ticks.Select(tick => tick.Label).Where(label => label.Length > 0));
    }

    [Fact]
    public void A_logarithmic_axis_places_ratios_evenly_and_shows_no_zero()
    {
        var scale = new LogScale(1, 10000);

        Assert.Equal(0.25, scale.Position(10), 12);
        Assert.Equal(0.75, scale.Position(1000), 12);
        Assert.False(scale.Shows(0));
        Assert.False(scale.Shows(double.NaN));
    }
}
