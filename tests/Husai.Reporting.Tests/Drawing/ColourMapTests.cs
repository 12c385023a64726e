using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tests.Drawing;

public sealed class ColourMapTests
{
    [Fact]
    public void The_pixels_read_back_through_a_chunk_by_chunk_reading()
    {
        var png = ColourMap.Picture(5, 3, (row, column) => ((row * 5) + column) / 14.0);

        var chunks = Chunks(png).ToDictionary(chunk => chunk.Type, chunk => chunk.Data);
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], Chunks(png).Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 0, 5, 0, 0, 0, 3, 8, 3, 0, 0, 0], chunks["IHDR"]);
        Assert.Equal(768, chunks["PLTE"].Length);
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress))
        {
            zlib.CopyTo(unpacked);
        }

        byte[] expected = [.. Enumerable.Range(0, 3).SelectMany(row =>
            Enumerable.Range(0, 5).Select(column => (byte)Math.Round(255 * ((row * 5) + column) / 14.0)).Prepend((byte)0))];
        Assert.Equal(expected, unpacked.ToArray());
    }

    [Fact]
    public void Shades_darken_with_the_value()
    {
        double Luminance(double position)
        {
            var (red, green, blue) = ColourMap.At(position);
            return (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
        }

        Assert.All(Enumerable.Range(1, 100), step => Assert.True(Luminance(step / 100.0) < Luminance((step - 1) / 100.0)));
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }
}
