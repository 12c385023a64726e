using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Content;
using PdfSharp.Pdf.Content.Objects;
using PdfSharp.Pdf.IO;

namespace Husai.Reporting.Tests.Figures;

/// <summary>Reads back the one page of a PDF file: its size, its texts and its images.</summary>
internal sealed partial class PdfContent
{
    /// <summary>What stands for a letter that the font does not have.</summary>
    public const string Missing = "\ufffd";

    private readonly Dictionary<string, Dictionary<char, string>> _letters = [];
    private readonly List<string> _texts = [];

    public PdfContent(byte[] file)
    {
        using var stream = new MemoryStream(file);
        using var document = PdfReader.Open(stream, PdfDocumentOpenMode.Import);
        Title = document.Info.Title;
        var page = Assert.Single(document.Pages.Cast<PdfPage>());
        (Width, Height) = (page.Width.Point, page.Height.Point);
        if (page.Resources.Elements.GetDictionary("/Font") is { } fonts)
        {
            foreach (var name in fonts.Elements.Keys)
            {
                var map = fonts.Elements.GetDictionary(name)!.Elements.GetDictionary("/ToUnicode")!;
                _letters[name] = Letters(Encoding.ASCII.GetString(map.Stream.UnfilteredValue));
            }
        }

        Images = page.Resources.Elements.GetDictionary("/XObject")?.Elements.Keys.Count ?? 0;
        foreach (var step in ContentReader.ReadContent(page).OfType<COperator>())
        {
            Follow(step);
        }
    }

    public string Title { get; }

    /// <summary>Width of the page in points.</summary>
    public double Width { get; }

    /// <summary>Height of the page in points.</summary>
    public double Height { get; }

    /// <summary>The texts in the order in which they are written.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Number of pictures made of pixels.</summary>
    public int Images { get; }

    /// <summary>Number of lines and outlines that are stroked.</summary>
    public int Strokes { get; private set; }

    private string _font = "";

    private void Follow(COperator step)
    {
        switch (step.OpCode.OpCodeName)
        {
            case OpCodeName.Tf:
                _font = ((CName)step.Operands[0]).Name;
                break;
            case OpCodeName.Tj:
                var codes = ((CString)step.Operands[0]).Value;
                _texts.Add(string.Concat(codes.Chunk(2).Select(code =>
                    _letters[_font].GetValueOrDefault((char)(code[0] << 8 | code[1]), Missing))));
                break;
            case OpCodeName.S or OpCodeName.B:
                Strokes++;
                break;
            default:
                break;
        }
    }

    private static Dictionary<char, string> Letters(string map) => Ranges().Matches(map).ToDictionary(
        range => (char)Number(range.Groups[1].Value), range => ((char)Number(range.Groups[2].Value)).ToString());

    private static int Number(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // PDFsharp writes each glyph as a range of its own.
    [GeneratedRegex(@"<([0-9A-F]{4})><\1><([0-9A-F]{4})>", RegexOptions.IgnoreCase)]
    private static partial Regex Ranges();
}
