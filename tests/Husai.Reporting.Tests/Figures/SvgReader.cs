using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tests.Figures;

/// <summary>Reads back what a picture shows: its elements by role and the rectangles that they cover.</summary>
internal sealed partial class SvgReader
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly XElement _root;

    public SvgReader(string svg)
    {
        _root = XDocument.Parse(svg).Root!;
        var box = _root.Attribute("viewBox")!.Value.Split(' ').Select(Number).ToArray();
        (Width, Height) = (box[2], box[3]);
    }

    public double Width { get; }

    public double Height { get; }

    public string? Title => _root.Element(Svg + "title")?.Value;

    public string? Description => _root.Element(Svg + "desc")?.Value;

    public string WidthText => _root.Attribute("width")!.Value;

    public IReadOnlyList<string> Texts => [.. _root.Descendants(Svg + "text").Select(text => text.Value)];

    public IEnumerable<string> Ids => _root.DescendantsAndSelf().Attributes("id").Select(id => id.Value);

    public int Count(string role) => _root.Descendants().Count(element => (string?)element.Attribute("class") == role);

    public IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines =>
        [.. _root.Descendants(Svg + "polyline").Select(line => Points(line.Attribute("points")!.Value))];

    /// <summary>Rectangles of all text, by the same metrics as the layout but without their allowance for wider fonts.</summary>
    public IReadOnlyList<Box> TextBoxes => [.. _root.Descendants(Svg + "text").Select(TextBox)];

    /// <summary>Rectangles of everything that is not text and not in a clip path's definition.</summary>
    public IEnumerable<Box> Shapes => _root.Descendants()
        .Where(element => element.Parent!.Name != Svg + "clipPath").Select(Shape).OfType<Box>();

    private static Box TextBox(XElement text)
    {
        var (x, y, size) = (Value(text, "x"), Value(text, "y"), Value(text, "font-size"));
        var exponent = text.Element(Svg + "tspan")?.Value ?? "";
        var label = exponent.Length > 0 ? "10^" + exponent : text.Value;
        var width = TextMetrics.Width(label, size, text.Attribute("font-weight") is not null) / 1.06;
        var start = (string?)text.Attribute("text-anchor") switch { "middle" => -width / 2, "end" => -width, _ => 0 };
        var (above, below) = (size * TextMetrics.Ascent, size * TextMetrics.Descent);
        return text.Attribute("transform") is { } turned && turned.Value.StartsWith("rotate(-90 ", StringComparison.Ordinal)
            ? new Box(x - above, y - start - width, x + below, y - start, label)
            : new Box(x + start, y - above, x + start + width, y + below, label);
    }

    private static Box? Shape(XElement element) => element.Name.LocalName switch
    {
        "rect" or "image" => new Box(
            Value(element, "x"), Value(element, "y"), Value(element, "x") + Value(element, "width"),
            Value(element, "y") + Value(element, "height"), element.Name.LocalName),
        "line" => new Box(
            Math.Min(Value(element, "x1"), Value(element, "x2")), Math.Min(Value(element, "y1"), Value(element, "y2")),
            Math.Max(Value(element, "x1"), Value(element, "x2")), Math.Max(Value(element, "y1"), Value(element, "y2")), "line"),
        "polyline" or "polygon" => Around(Points(element.Attribute("points")!.Value), element.Name.LocalName),
        "circle" => new Box(Value(element, "cx"), Value(element, "cy"), Value(element, "cx"), Value(element, "cy"), "circle"),
        "path" =>
            Around(
                [
                    (
                        Number(Start().Match(element.Attribute("d")!.Value).Groups[1].Value),
                        Number(Start().Match(element.Attribute("d")!.Value).Groups[2].Value))],
                "path"),
        _ => null,
    };

    private static Box Around(IReadOnlyList<(double X, double Y)> points, string label) =>
        new(points.Min(point => point.X), points.Min(point => point.Y), points.Max(point => point.X), points.Max(point => point.Y), label);

    private static IReadOnlyList<(double X, double Y)> Points(string text) =>
        [.. text.Split(' ').Select(pair => pair.Split(',')).Select(pair => (Number(pair[0]), Number(pair[1])))];

    private static double Value(XElement element, string name) => element.Attribute(name) is { } attribute ? Number(attribute.Value) : 0;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^M(-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Start();
}
