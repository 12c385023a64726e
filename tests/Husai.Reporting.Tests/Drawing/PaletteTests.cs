using System.Globalization;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tests.Drawing;

public sealed class PaletteTests
{
    [Fact]
    public void Series_differ_in_dash_and_marker_so_that_grey_prints_can_be_read()
    {
        var styles = Enumerable.Range(0, Palette.SeriesCount).Select(Palette.Of).ToArray();

        Assert.Equal(styles.Length, styles.Select(style => style.Dash).Distinct().Count());
        Assert.Equal(styles.Length, styles.Select(style => style.Marker).Distinct().Count());
        Assert.All(styles, style => Assert.True(Contrast(style.Colour) >= 2.2, style.Colour));
    }

    // Contrast to white (WCAG 2.2).
    private static double Contrast(string colour)
    {
        var parts = Enumerable.Range(0, 3)
            .Select(index => int.Parse(colour.AsSpan(1 + (2 * index), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).ToArray();
        return 1.05 / ((0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]) + 0.05);
    }
}
