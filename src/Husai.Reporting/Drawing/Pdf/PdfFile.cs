using System.Security.Cryptography;
using System.Text;
using Husai.Formats.Images;
using PdfSharp.Pdf;

namespace Husai.Reporting.Drawing.Pdf;

/// <summary>
/// A picture as the content of a PDF file. The same picture gives the same bytes: what PDFsharp takes from the clock or by chance is left
/// out or comes from the picture, and what is compressed is so by <see cref="Zlib"/>, since the platform's bytes depend on the processor.
/// </summary>
internal static class PdfFile
{
    private const string MetadataKey = "/Metadata";

    public static byte[] Write(Picture picture, Action<Canvas> draw)
    {
        using var document = new PdfDocument();
        document.Info.Title = picture.Title;
        document.Info.Creator = "Husai";
        document.Info.Elements.Remove("/CreationDate");

        // PDFsharp would compress fonts while it saves, in the platform's way.
        document.Options.NoCompression = true;
        document.Options.CompressContentStreams = false;
        using (var canvas = new PdfCanvas(document.AddPage(), picture.Width, picture.Height))
        {
            draw(canvas);
        }

        Identify(document, SHA256.HashData(Encoding.UTF8.GetBytes(picture.Svg)));
        foreach (var dictionary in document.Internals.GetAllObjects().OfType<PdfDictionary>())
        {
            Compress(dictionary);
        }

        using var file = new MemoryStream();
        document.Save(file, closeStream: false);
        var content = file.ToArray();
        TakeMetadataOut(content);
        return content;
    }

    // Programs that join documents take fonts of one name for one font: the name says which picture the letters are from.
    private static void Identify(PdfDocument document, byte[] hash)
    {
        var identifier = Encoding.Latin1.GetString(hash, 0, 16);
        document.Internals.FirstDocumentID = identifier;
        document.Internals.SecondDocumentID = identifier;
        var tag = string.Concat(hash.Take(6).Select(value => (char)('A' + (value % 26))));
        foreach (var dictionary in document.Internals.GetAllObjects().OfType<PdfDictionary>())
        {
            foreach (var key in (string[])["/BaseFont", "/FontName"])
            {
                if (dictionary.Elements.GetName(key) is { Length: > 0 } name)
                {
                    dictionary.Elements.SetName(key, $"/{tag}{name[name.IndexOf('+', StringComparison.Ordinal)..]}");
                }
            }
        }
    }

    private static void Compress(PdfDictionary dictionary)
    {
        if (dictionary.Stream is { } stream)
        {
            stream.Value = Zlib.Compress(stream.UnfilteredValue);
            dictionary.Elements.SetName("/Filter", "/FlateDecode");
            dictionary.Elements.SetInteger("/Length", stream.Length);
        }
    }

    // PDFsharp writes an XMP packet with identifiers of its own, which are new each time, and does not escape the title in it. It is the
    // last object. Spaces take its place and that of the reference to it, so that nothing else in the file moves.
    private static void TakeMetadataOut(Span<byte> content)
    {
        var packet = content.LastIndexOf("<?xpacket begin"u8);
        var end = content.LastIndexOf("<?xpacket end"u8);
        content[packet..(end + content[end..].IndexOf("?>"u8) + 2)].Fill((byte)' ');
        var reference = content.IndexOf(Encoding.ASCII.GetBytes(MetadataKey + " "));
        content[reference..(reference + content[reference..].IndexOf((byte)'R') + 1)].Fill((byte)' ');
    }
}
