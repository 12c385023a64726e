namespace Husai.Reporting.Drawing;

/// <summary>A line of the legend: the name of a series and a picture of its line or mark.</summary>
/// <param name="Name">The name.</param>
/// <param name="Draw">Draws the picture, <see cref="SwatchWidth"/> wide, its left end and its middle at the coordinates.</param>
internal sealed record LegendEntry(string Name, Action<Canvas, double, double> Draw)
{
    /// <summary>Width of the picture.</summary>
    public const double SwatchWidth = 24;

    public static LegendEntry Line(string name, SeriesStyle style, bool marked, double thickness = 1.8) => new(name, (canvas, x, y) =>
    {
        canvas.Line(x, y, x + SwatchWidth, y, style.Colour, thickness, style.Dash);
        if (marked)
        {
            canvas.Mark(style.Marker, x + (SwatchWidth / 2), y, 3, style.Colour);
        }
    });

    public static LegendEntry Box(string name, string fill) =>
        new(name, (canvas, x, y) => canvas.Rectangle(x + 4, y - 5, SwatchWidth - 8, 10, fill));
}
