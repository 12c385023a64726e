using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Husai.Reporting.Drawing.Pdf;

/// <summary>Draws on a page of a PDF document. The roles of elements, which only SVG names, are passed over.</summary>
internal sealed class PdfCanvas : Canvas, IDisposable
{
    private const double PointsPerUnit = 72 / 25.4 / UnitsPerMillimetre;
    private readonly XGraphics _graphics;
    private readonly Dictionary<(double Size, bool Bold), XFont> _fonts = [];

    /// <param name="page">The page, which takes the size of the picture.</param>
    /// <param name="width">Width of the picture in units.</param>
    /// <param name="height">Height of the picture in units.</param>
    public PdfCanvas(PdfPage page, double width, double height)
        : base(width, height)
    {
        page.Width = XUnit.FromMillimeter(width / UnitsPerMillimetre);
        page.Height = XUnit.FromMillimeter(height / UnitsPerMillimetre);
        _graphics = XGraphics.FromPdfPage(page);
        _graphics.ScaleTransform(PointsPerUnit);
        Rectangle(0, 0, width, height, "#ffffff");
    }

    public override void Line(
        double x1, double y1, double x2, double y2, string stroke, double thickness = 0.8, string dash = "", string role = "") =>
        _graphics.DrawLine(CreatePen(stroke, thickness, dash), x1, y1, x2, y2);

    public override void Rectangle(
        double x, double y, double width, double height, string fill, string role = "", string stroke = "", double opacity = 1)
    {
        // As in SVG, what has no area is not drawn.
        if (width <= 0 || height <= 0)
        {
            return;
        }

        var pen = stroke.Length == 0 ? null : CreatePen(stroke, OutlineThickness, opacity: opacity);
        if (fill != "none")
        {
            _graphics.DrawRectangle(pen, new XSolidBrush(Colour(fill, opacity)), x, y, width, height);
        }
        else if (pen is not null)
        {
            _graphics.DrawRectangle(pen, x, y, width, height);
        }
    }

    public override void Polyline(
        IEnumerable<(double X, double Y)> points, string stroke, double thickness, string dash = "", string role = "")
    {
        var corners = Points(points);
        if (corners.Length > 1)
        {
            var pen = CreatePen(stroke, thickness, dash);
            pen.LineJoin = XLineJoin.Round;
            _graphics.DrawLines(pen, corners);
        }
    }

    public override void Polygon(IEnumerable<(double X, double Y)> points, string fill, double opacity = 1, string role = "") =>
        _graphics.DrawPolygon(new XSolidBrush(Colour(fill, opacity)), Points(points), XFillMode.Winding);

    public override void Mark(Marker marker, double x, double y, double radius, string colour, string role = "", double opacity = 1)
    {
        if (marker == Marker.Circle)
        {
            _graphics.DrawEllipse(new XSolidBrush(Colour(colour, opacity)), x - radius, y - radius, 2 * radius, 2 * radius);
        }
        else if (MarkerShape.Corners(marker, x, y, radius) is { Length: > 0 } corners)
        {
            Polygon(corners, colour, opacity);
        }
        else
        {
            // In one path, so that where the strokes cross is no darker.
            var path = new XGraphicsPath();
            foreach (var (from, to) in MarkerShape.Strokes(marker, x, y, radius))
            {
                path.StartFigure();
                path.AddLine(from.X, from.Y, to.X, to.Y);
            }

            _graphics.DrawPath(CreatePen(colour, MarkThickness, opacity: opacity), path);
        }
    }

    public override void Text(double x, double y, string text, TextStyle style)
    {
        var (plain, exponent) = TextMetrics.Split(text);
        var (font, small) = (FontOf(style.Size, style.Bold), FontOf(style.Size * TextMetrics.ExponentScale, style.Bold));
        var plainWidth = WidthOf(plain, font);
        var start = x - ((plainWidth + WidthOf(exponent, small)) * style.Anchor switch
        {
            TextAnchor.Middle => 0.5,
            TextAnchor.End => 1,
            _ => 0,
        });
        var brush = new XSolidBrush(Colour(style.Colour));
        var state = _graphics.Save();
        if (style.Rotation != 0)
        {
            _graphics.RotateAtTransform(style.Rotation, new XPoint(x, y));
        }

        Write(plain, font, start, y);
        Write(exponent, small, start + plainWidth, y - (TextMetrics.ExponentRise * style.Size));
        _graphics.Restore(state);

        void Write(string part, XFont partFont, double left, double baseline)
        {
            if (part.Length > 0)
            {
                _graphics.DrawString(part, partFont, brush, left, baseline, XStringFormats.BaseLineLeft);
            }
        }
    }

    public override void Image(double x, double y, double width, double height, ReadOnlySpan<byte> png)
    {
        using var stream = new MemoryStream(png.ToArray());
        using var image = XImage.FromStream(stream);
        image.Interpolate = false;
        _graphics.DrawImage(image, x, y, width, height);
    }

    public override void Clip(double x, double y, double width, double height, Action draw)
    {
        var state = _graphics.Save();
        _graphics.IntersectClip(new XRect(x, y, width, height));
        draw();
        _graphics.Restore(state);
    }

    public override void Link(string address, string label, Action draw) => draw();

    public void Dispose() => _graphics.Dispose();

    private static XPen CreatePen(string stroke, double thickness, string dash = "", double opacity = 1)
    {
        var pen = new XPen(Colour(stroke, opacity), thickness);
        if (dash.Length > 0)
        {
            // PDFsharp counts dashes in thicknesses.
            pen.DashPattern = [.. dash.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture) / thickness)];
        }

        return pen;
    }

    private static XColor Colour(string colour, double opacity = 1)
    {
        var value = int.Parse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var result = XColor.FromArgb((value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
        result.A = opacity;
        return result;
    }

    private static XPoint[] Points(IEnumerable<(double X, double Y)> points) => [.. points.Select(point => new XPoint(point.X, point.Y))];

    private XFont FontOf(double size, bool bold)
    {
        if (!_fonts.TryGetValue((size, bold), out var font))
        {
            _fonts[(size, bold)] = font = PdfFonts.Create(size, bold);
        }

        return font;
    }

    private double WidthOf(string text, XFont font) => text.Length == 0 ? 0 : _graphics.MeasureString(text, font).Width;
}
