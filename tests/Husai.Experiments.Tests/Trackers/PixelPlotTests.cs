namespace Husai.Experiments.Tests;

public sealed class PixelPlotTests
{
    private const int FirstColour = 0x0072B2;
    private const int SecondColour = 0xD55E00;

    [Fact]
    public void Bars_are_as_high_as_their_values()
    {
        var image = Draw(new PixelPlot(PixelAxis.Linear("x", 0, 4), PixelAxis.Linear("y", 0, 4))
            .Bars("b", [(0, 1, 4), (1, 2, 2), (2, 3, 1), (3, 4, 0)]));

        // The plot is 548 pixels wide from 76 on, and 316 high: the middles of the four bars.
        Assert.Equal([316, 158, 79, 0], Enumerable.Range(0, 4).Select(bar => image.CountInColumn(76 + 68 + 137 * bar, FirstColour)));
    }

    [Fact]
    public void Curves_pass_through_their_points_and_leave_out_what_has_no_place()
    {
        (double, double)[] middle = [(0, 0.5), (10, 0.5)];
        (double, double)[] broken = [(0, 1), (4, double.NaN), (5, double.PositiveInfinity), (10, 1)];
        var image = Draw(new PixelPlot(PixelAxis.Linear("x", 0, 10), PixelAxis.Linear("y", 0, 1)).Curve("m", middle).Curve("b", broken));

        Assert.All([76, 200, 400, 624], x => Assert.Equal(FirstColour, image[x, 36 + 316 / 2]));
        Assert.All([76, 200, 400, 624], x => Assert.Equal(SecondColour, image[x, 36]));
    }

    [Fact]
    public void A_logarithmic_axis_gives_each_power_of_ten_the_same_room()
    {
        var axis = PixelAxis.Logarithmic("loss", [0.002, 50, 0, -1, double.NaN]);

        Assert.Equal(["1e-3", "1e-2", "1e-1", "1e0", "1e1", "1e2"], axis.Ticks().Select(tick => tick.Text));
        Assert.Equal(0.6, axis.Position(1), 1e-12);
        Assert.False(axis.Shows(0));
        Assert.False(axis.Shows(double.PositiveInfinity));
        Assert.True(axis.Shows(1e-9));
    }

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-6, 0, "-6 -5 -4 -3 -2 -1 0")]
    [InlineData(20, 240, "50 100 150 200")]
    [InlineData(5, 5, "5 6 7 8 9 10")]
    [InlineData(0, 12800, "0 5000 10000")]
    public void Ticks_are_round(double low, double high, string expected) =>
        Assert.Equal(expected.Split(' '), PixelAxis.Linear("x", low, high).Ticks().Select(tick => tick.Text));

    [Fact]
    public void Nothing_to_draw_is_an_empty_plot() =>
        Assert.Equal(400, Draw(new PixelPlot(PixelAxis.Linear("x", 0, 0), PixelAxis.Logarithmic("y", [])).Curve("c", [(double.NaN, 1)])).Height);

    [Fact]
    public void Letters_differ_and_have_known_pixels()
    {
        const string characters = "0123456789abcdefghijklmnopqrstuvwxyz.-+/=%,:()_ ";
        var shapes = characters.Select(Shape).ToList();

        Assert.Equal(["###", ".#.", ".#.", ".#.", ".#."], Shape('t').Split(' '));
        Assert.Equal("### ### ### ### ###", Shape('\u00e9'));

        // O and 0, S and 5 and the like must differ too.
        Assert.Equal(characters.Length, shapes.Distinct().Count());
    }

    private static string Shape(char character) => string.Join(' ', Enumerable.Range(0, PixelFont.Height).Select(row =>
        string.Concat(Enumerable.Range(0, PixelFont.Width).Select(column => PixelFont.Covers(character, row, column) ? '#' : '.'))));

    private static RecordedImage Draw(PixelPlot plot)
    {
        var tracker = new RecordingTracker();
        plot.Log(tracker, 1, "figure");
        return Assert.Single(tracker.Images);
    }
}
