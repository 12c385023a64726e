using Husai.Reporting.Drawing.Pdf;

namespace Husai.Reporting.Drawing;

/// <summary>What a figure shows, as SVG and as PDF: the same lines, colours and texts in the same places.</summary>
public sealed class Picture
{
    private readonly Action<Canvas> _draw;

    /// <param name="id">Prefix of the ids inside the SVG.</param>
    /// <param name="width">Width in units of a <see cref="Canvas"/>.</param>
    /// <param name="height">Height in these units.</param>
    /// <param name="title">Its title for readers who do not see it.</param>
    /// <param name="description">What is to be seen, for the same.</param>
    /// <param name="draw">Draws it; called once for each format.</param>
    internal Picture(string id, double width, double height, string title, string description, Action<Canvas> draw)
    {
        (_draw, Title, Width, Height) = (draw, title, width, height);
        var canvas = new SvgCanvas(id, width, height);
        draw(canvas);
        Svg = canvas.ToSvg(title, description);
    }

    /// <summary>The whole SVG document, of its own size in millimetres.</summary>
    public string Svg { get; }

    internal string Title { get; }

    internal double Width { get; }

    internal double Height { get; }

    /// <summary>
    /// Draws the picture as PDF: one page of its size, of lines and text; only what is made of pixels in the SVG is here too. The font is
    /// in the file. The same picture gives the same bytes on every machine.
    /// </summary>
    /// <returns>The content of a .pdf file.</returns>
    public byte[] ToPdf() => PdfFile.Write(this, _draw);
}
