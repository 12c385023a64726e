using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Husai.Formats;

namespace Husai.Experiments.Tests;

/// <summary>An image that a tracker got, decoded by the rules of the PNG standard for a palette and rows without filter.</summary>
internal sealed record RecordedImage(long Step, string Name, int Width, int Height, byte[] Palette, byte[] Rows)
{
    /// <summary>The colour at a pixel, as 0xRRGGBB.</summary>
    public int this[int x, int y]
    {
        get
        {
            var at = 3 * Rows[y * (Width + 1) + 1 + x];
            return Palette[at] << 16 | Palette[at + 1] << 8 | Palette[at + 2];
        }
    }

    public static RecordedImage Decode(long step, string name, PngImage image)
    {
        var chunks = new Dictionary<string, byte[]>();
        var file = image.File.Span;
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            chunks[Encoding.ASCII.GetString(file.Slice(at + 4, 4))] = file.Slice(at + 8, length).ToArray();
            at += length + 12;
        }

        var header = chunks["IHDR"];
        using var rows = new MemoryStream();
        using var packed = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        packed.CopyTo(rows);
        Assert.Equal([8, 3, 0, 0, 0], header[8..]);
        Assert.Equal(image.Height * (image.Width + 1), rows.Length);
        Assert.Equal((image.Width, image.Height), (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4))));
        return new RecordedImage(step, name, image.Width, image.Height, chunks["PLTE"], rows.ToArray());
    }

    /// <summary>Pixels of a colour in a column.</summary>
    public int CountInColumn(int x, int colour) => Enumerable.Range(0, Height).Count(y => this[x, y] == colour);
}
