namespace Husai.Reporting.Drawing;

/// <summary>
/// What figures are drawn on. One unit is a quarter of a millimetre; the origin is at the top left. Colours are <c>#rrggbb</c>.
/// </summary>
/// <param name="width">Width of the picture in units.</param>
/// <param name="height">Height of the picture in units.</param>
internal abstract class Canvas(double width, double height)
{
    /// <summary>Units in a millimetre.</summary>
    public const double UnitsPerMillimetre = 4;

    /// <summary>Thickness of the strokes of a <see cref="Marker"/> that has no area.</summary>
    protected const double MarkThickness = 1.4;

    /// <summary>Thickness of the outline of a rectangle.</summary>
    protected const double OutlineThickness = 0.8;

    /// <summary>Width of the picture in units.</summary>
    public double Width { get; } = width;

    /// <summary>Height of the picture in units.</summary>
    public double Height { get; } = height;

    public abstract void Line(
        double x1, double y1, double x2, double y2, string stroke, double thickness = 0.8, string dash = "", string role = "");

    /// <summary>Draws a rectangle; <c>none</c> as <paramref name="fill"/> leaves its inside as it is.</summary>
    public abstract void Rectangle(
        double x, double y, double width, double height, string fill, string role = "", string stroke = "", double opacity = 1);

    public abstract void Polyline(
        IEnumerable<(double X, double Y)> points, string stroke, double thickness, string dash = "", string role = "");

    public abstract void Polygon(IEnumerable<(double X, double Y)> points, string fill, double opacity = 1, string role = "");

    public abstract void Mark(Marker marker, double x, double y, double radius, string colour, string role = "", double opacity = 1);

    /// <summary>Writes a line of text; <c>10^-3</c> as 10 with a raised -3.</summary>
    public abstract void Text(double x, double y, string text, TextStyle style);

    /// <summary>Draws the content of a PNG file, each pixel as a rectangle of one colour.</summary>
    public abstract void Image(double x, double y, double width, double height, ReadOnlySpan<byte> png);

    /// <summary>What is drawn in <paramref name="draw"/> shows only inside the rectangle.</summary>
    public abstract void Clip(double x, double y, double width, double height, Action draw);

    /// <summary>What is drawn in <paramref name="draw"/> leads to an address, where a picture is looked at in a browser.</summary>
    public abstract void Link(string address, string label, Action draw);
}
