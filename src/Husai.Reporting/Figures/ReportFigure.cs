using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>A figure: a picture, what it shows in words, and its numbers.</summary>
/// <param name="Id">Name of its files without extension, such as <c>stability</c>; unique in a report.</param>
/// <param name="Title">Heading.</param>
/// <param name="Caption">What is to be seen, one or two sentences.</param>
/// <param name="Picture">The picture, of its own size in millimetres.</param>
/// <param name="Data">The numbers behind it.</param>
/// <param name="Wide">Whether it needs the full width of a page.</param>
public sealed record ReportFigure(string Id, string Title, string Caption, Picture Picture, FigureTable Data, bool Wide = false)
{
    /// <summary>The picture as a whole SVG document.</summary>
    public string Svg => Picture.Svg;
}
