using System.Globalization;
using System.Net;
using System.Text;

namespace Husai.Reporting.Drawing;

/// <summary>Writes the elements of one SVG picture.</summary>
internal sealed class SvgCanvas(string id, double width, double height) : Canvas(width, height)
{
    private readonly StringBuilder _body = new();
    private int _clips;
    private bool _leadsOn;

    public override void Line(
        double x1, double y1, double x2, double y2, string stroke, double thickness = 0.8, string dash = "", string role = "") =>
        _body.Append(
        CultureInfo.InvariantCulture,
        $"<line{Role(role)} x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{stroke}\" "
            + $"stroke-width=\"{N(thickness)}\"{Dash(dash)}/>\n");

    public override void Rectangle(
        double x, double y, double width, double height, string fill, string role = "", string stroke = "", double opacity = 1) =>
        _body.Append(
        CultureInfo.InvariantCulture,
        $"<rect{Role(role)} x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" "
            + $"fill=\"{fill}\"{Stroke(stroke)}{Opacity(opacity)}/>\n");

    public override void Polyline(
        IEnumerable<(double X, double Y)> points, string stroke, double thickness, string dash = "", string role = "") =>
        _body.Append(
        CultureInfo.InvariantCulture,
        $"<polyline{Role(role)} points=\"{Points(points)}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{N(thickness)}\" "
            + $"stroke-linejoin=\"round\"{Dash(dash)}/>\n");

    public override void Polygon(
        IEnumerable<(double X, double Y)> points, string fill, double opacity = 1, string role = "") => _body.Append(
        CultureInfo.InvariantCulture, $"<polygon{Role(role)} points=\"{Points(points)}\" fill=\"{fill}\"{Opacity(opacity)}/>\n");

    public override void Mark(Marker marker, double x, double y, double radius, string colour, string role = "", double opacity = 1)
    {
        var corners = MarkerShape.Corners(marker, x, y, radius);
        var strokes = MarkerShape.Strokes(marker, x, y, radius);
        _ = marker switch
        {
            Marker.Circle => _body.Append(
                CultureInfo.InvariantCulture,
                $"<circle{Role(role)} cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"{colour}\"{Opacity(opacity)}/>\n"),
            Marker.Square => Filled(
                $"{Start(corners[0])}h{N(corners[1].X - corners[0].X)}v{N(corners[2].Y - corners[1].Y)}h{N(corners[3].X - corners[2].X)}z"),
            Marker.Triangle => Filled($"{Start(corners[0])}{To(corners[1])}H{N(corners[2].X)}z"),
            Marker.Diamond => Filled($"{Start(corners[0])}{To(corners[1])}{To(corners[2])}{To(corners[3])}z"),
            Marker.Cross => Stroked(string.Concat(strokes.Select(stroke => Start(stroke.From) + To(stroke.To)))),
            _ => Stroked($"{Start(strokes[0].From)}H{N(strokes[0].To.X)}{Start(strokes[1].From)}V{N(strokes[1].To.Y)}"),
        };

        static string Start((double X, double Y) point) => $"M{N(point.X)} {N(point.Y)}";
        static string To((double X, double Y) point) => $"L{N(point.X)} {N(point.Y)}";
        StringBuilder Filled(string path) => _body.Append(
            CultureInfo.InvariantCulture, $"<path{Role(role)} d=\"{path}\" fill=\"{colour}\"{Opacity(opacity)}/>\n");
        StringBuilder Stroked(string path) => _body.Append(
            CultureInfo.InvariantCulture,
            $"<path{Role(role)} d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{N(MarkThickness)}\"{Opacity(opacity)}/>\n");
    }

    public override void Text(double x, double y, string text, TextStyle style)
    {
        var (plain, exponent) = TextMetrics.Split(text);
        var (rise, size) = (N(-TextMetrics.ExponentRise * style.Size), N(style.Size * TextMetrics.ExponentScale));
        var raised = exponent.Length == 0 ? "" : $"<tspan dy=\"{rise}\" font-size=\"{size}\">{exponent}</tspan>";
        var anchor = style.Anchor switch
        {
            TextAnchor.Middle => " text-anchor=\"middle\"",
            TextAnchor.End => " text-anchor=\"end\"",
            _ => "",
        };
        var rotation = style.Rotation == 0 ? "" : $" transform=\"rotate({N(style.Rotation)} {N(x)} {N(y)})\"";
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(style.Size)}\" "
                + $"fill=\"{style.Colour}\"{anchor}{(style.Bold ? " font-weight=\"bold\"" : "")}{rotation}>"
                + $"{WebUtility.HtmlEncode(plain)}{raised}</text>\n");
    }

    public override void Image(double x, double y, double width, double height, ReadOnlySpan<byte> png) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<image x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" preserveAspectRatio=\"none\" "
            + $"image-rendering=\"pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>\n");

    public override void Clip(double x, double y, double width, double height, Action draw)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{id}-clip-{++_clips}");
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<clipPath id=\"{name}\"><rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"/></clipPath>\n<g "
                + $"clip-path=\"url(#{name})\">\n");
        draw();
        _body.Append("</g>\n");
    }

    public override void Link(string address, string label, Action draw)
    {
        _leadsOn = true;
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<a href=\"{WebUtility.HtmlEncode(address)}\" aria-label=\"{WebUtility.HtmlEncode(label)}\">\n");
        draw();
        _body.Append("</a>\n");
    }

    /// <summary>The whole picture. To those who do not see it a picture is one thing, so one with links in it is a group.</summary>
    public string ToSvg(string title, string description) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(Width / UnitsPerMillimetre)}mm\" "
            + $"height=\"{N(Height / UnitsPerMillimetre)}mm\" viewBox=\"0 0 {N(Width)} {N(Height)}\" "
            + $"role=\"{(_leadsOn ? "group" : "img")}\" "
            + $"aria-labelledby=\"{id}-title {id}-desc\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">\n<title "
            + $"id=\"{id}-title\">{WebUtility.HtmlEncode(title)}</title>\n<desc "
            + $"id=\"{id}-desc\">{WebUtility.HtmlEncode(description)}</desc>\n<rect width=\"{N(Width)}\" height=\"{N(Height)}\" "
            + $"fill=\"#ffffff\"/>\n{_body}</svg>\n");

    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => N(point.X) + "," + N(point.Y)));

    private static string N(double value) => FigureNumbers.Coordinate(value);

    private static string Role(string role) => role.Length == 0 ? "" : $" class=\"{role}\"";

    private static string Dash(string dash) => dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"";

    private static string Stroke(string stroke) => stroke.Length == 0 ? "" : $" stroke=\"{stroke}\" stroke-width=\"{N(OutlineThickness)}\"";

    private static string Opacity(double opacity) => opacity == 1 ? "" : $" opacity=\"{N(opacity)}\"";
}
