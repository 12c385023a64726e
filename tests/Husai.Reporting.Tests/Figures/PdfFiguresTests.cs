using System.Security.Cryptography;
using Husai.Reporting.Drawing;
using Husai.Reporting.Drawing.Pdf;
using Husai.Reporting.Figures;
using PdfSharp.Fonts;

namespace Husai.Reporting.Tests.Figures;

public sealed class PdfFiguresTests
{
    private static readonly Lazy<Dictionary<string, (ReportFigure Figure, byte[] Pdf)>> All = new(() => ReportFigures
        .Create(DemoStudy.Create()).ToDictionary(figure => "demo/" + figure.Id)
        .Concat(ReportFigures.Create(DemoStudy.Grid()).ToDictionary(figure => "grid/" + figure.Id))
        .ToDictionary(figure => figure.Key, figure => (figure.Value, figure.Value.Picture.ToPdf())));

    public static TheoryData<string> Names => [.. All.Value.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_the_size_and_the_texts_of_the_svg(string name)
    {
        var (figure, pdf) = All.Value[name];
        var svg = new SvgReader(figure.Svg);

        var page = new PdfContent(pdf);

        Assert.Equal(figure.Title, page.Title);
        Assert.Equal(svg.Width / 4 * 72 / 25.4, page.Width, tolerance: 5e-3);
        Assert.Equal(svg.Height / 4 * 72 / 25.4, page.Height, tolerance: 5e-3);
        Assert.NotEmpty(page.Texts);
        // An exponent is a text of its own.
        Assert.Equal(string.Concat(svg.Texts), string.Concat(page.Texts));
    }

    [Fact]
    public void Only_what_is_made_of_pixels_in_the_svg_is_so_in_the_pdf()
    {
        Assert.All(All.Value, entry => Assert.Equal(
            entry.Value.Figure.Svg.Split("<image ").Length - 1, new PdfContent(entry.Value.Pdf).Images));
        Assert.Equal(0, new PdfContent(All.Value["demo/learning"].Pdf).Images);
        Assert.Equal(4, new PdfContent(All.Value["demo/latent"].Pdf).Images);
    }

    [Fact]
    public void The_same_figure_gives_the_same_bytes_and_another_does_not()
    {
        Assert.All(All.Value.Values, entry => Assert.Equal(entry.Pdf, entry.Figure.Picture.ToPdf()));
        Assert.Equal(All.Value.Count, All.Value.Values.Select(entry => Convert.ToHexString(SHA256.HashData(entry.Pdf))).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_letter_of_a_figure_is_in_the_font(bool bold)
    {
        var font = PdfFonts.Create(TextStyle.Normal, bold);
        var texts = All.Value.Values.SelectMany(entry => new SvgReader(entry.Figure.Svg).Texts.Append(entry.Figure.Title));

        // And what names and captions are made of besides: signs, accents, Greek and Cyrillic letters.
        foreach (var letter in string.Concat(texts.Append("−×±·…≤≥≈∞²³√∑αβγκλμσΩéüßŁЖ")).Distinct())
        {
            Assert.True(GlyphHelper.GlyphIndexFromCodePoint(letter, font) > 0, $"no glyph for {letter}");
        }
    }

    [Fact]
    public void Strange_texts_and_shapes_without_an_area_are_drawn_or_left_out()
    {
        var picture = new Picture("strange", 100, 80, "A < B & C −", "", canvas =>
        {
            canvas.Text(10, 20, "日本 & <b> (\\)", new TextStyle());
            canvas.Text(10, 40, "", new TextStyle());
            canvas.Text(50, 40, "10^-3", new TextStyle(Anchor: TextAnchor.End, Rotation: -90));
            canvas.Polyline([(1, 1)], Palette.Ink, 1);
            canvas.Rectangle(10, 10, 20, 0, Palette.Ink);
            canvas.Rectangle(10, 10, 20, 20, "none", stroke: Palette.Ink);
            canvas.Clip(0, 0, 50, 50, () => canvas.Line(0, 0, 90, 70, Palette.Ink, dash: "2 1.5"));
            canvas.Link("/there", "there", () => canvas.Mark(Marker.Plus, 20, 20, 3, Palette.Ink, opacity: 0.5));
        });

        var page = new PdfContent(picture.ToPdf());

        Assert.Equal(picture.Title, page.Title);
        Assert.Equal([$"{PdfContent.Missing}{PdfContent.Missing} & <b> (\\)", "10", "−3"], page.Texts);
        // A rectangle, a line and a mark.
        Assert.Equal(3, page.Strokes);
    }

    [Fact]
    public void A_file_names_neither_a_time_nor_the_machine()
    {
        var text = System.Text.Encoding.Latin1.GetString(All.Value["demo/learning"].Pdf);

        Assert.DoesNotContain("Date", text, StringComparison.Ordinal);
        Assert.DoesNotContain("uuid", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/Metadata ", text, StringComparison.Ordinal);
    }
}
