using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Husai.Reporting.Drawing.Pdf;

/// <summary>
/// Liberation Sans, out of this assembly: with the fonts of the machine the same picture would look different elsewhere. Its letters are
/// as wide as those of Helvetica, by which <see cref="TextMetrics"/> lays out text.
/// </summary>
internal static class PdfFonts
{
    private static readonly XPdfFontOptions Options = new(PdfFontEncoding.Unicode);
    private static readonly Lazy<XGlyphTypeface> Regular = new(() => Load("LiberationSans-Regular.ttf"));
    private static readonly Lazy<XGlyphTypeface> Bold = new(() => Load("LiberationSans-Bold.ttf"));

    /// <summary>The font of a size.</summary>
    public static XFont Create(double size, bool bold) => new((bold ? Bold : Regular).Value, size, Options);

    private static XGlyphTypeface Load(string name)
    {
        using var stream = typeof(PdfFonts).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new XGlyphTypeface(XFontSource.GetOrCreateFrom(content));
    }
}
