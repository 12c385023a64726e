using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Husai.Numerics;

namespace Husai.Formats.Tests;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 3)]
    [InlineData(300, 5, 256)]
    [InlineData(64, 64, 17)]
    public void An_image_survives(int width, int height, int colours)
    {
        var random = new RandomStream(2, "png", 0);
        var palette = new byte[3 * colours];
        for (var i = 0; i < palette.Length; i++)
        {
            palette[i] = (byte)random.NextUInt32();
        }

        var indices = new byte[width * height];
        for (var i = 0; i < indices.Length; i++)
        {
            // Half noise and half runs.
            indices[i] = (byte)((i % 700 < 350 ? random.NextInt32(colours) : i / 50) % colours);
        }

        var png = PngWriter.EncodeIndexed(width, height, indices, palette);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        var chunks = Chunks(png.AsMemory(8)).ToList();
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        byte[] header = [0, 0, (byte)(width >> 8), (byte)width, 0, 0, 0, (byte)height, 8, 3, 0, 0, 0];
        Assert.Equal(header, chunks[0].Data);
        Assert.Equal(palette, chunks[1].Data);
        using var inflated = new ZLibStream(new MemoryStream(chunks[2].Data), CompressionMode.Decompress);
        for (var row = 0; row < height; row++)
        {
            var line = new byte[1 + width];
            inflated.ReadExactly(line);
            Assert.Equal(0, line[0]);
            Assert.Equal(indices[(row * width)..((row + 1) * width)], line[1..]);
        }

        Assert.Equal(-1, inflated.ReadByte());
    }

    [Fact]
    public void A_run_of_one_colour_takes_little() =>
        Assert.InRange(PngWriter.EncodeIndexed(512, 512, new byte[512 * 512], new byte[3]).Length, 60, 4000);

    [Fact]
    public void An_image_of_a_palette_holds_its_colours_and_their_indices()
    {
        byte[] palette = [255, 0, 0, 0, 255, 0, 1, 2, 3];
        var chunks = Chunks(PngWriter.EncodeIndexed(3, 2, [0, 1, 2, 2, 1, 0], palette).AsMemory(8)).ToList();

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        byte[] header = [0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0];
        Assert.Equal(header, chunks[0].Data);
        Assert.Equal(palette, chunks[1].Data);
        using var inflated = new ZLibStream(new MemoryStream(chunks[2].Data), CompressionMode.Decompress);
        var rows = new byte[8];
        inflated.ReadExactly(rows);
        Assert.Equal((byte[])[0, 0, 1, 2, 0, 2, 1, 0], rows);
        Assert.Equal(-1, inflated.ReadByte());
    }

    [Theory]
    [InlineData(3, 1, 3)]
    [InlineData(2, 0, 4)]
    [InlineData(2, 0, 0)]
    [InlineData(2, 0, 771)]
    [InlineData(2, 1, 3)]
    public void Indices_and_palettes_that_do_not_fit_are_refused(int count, byte largest, int palette)
    {
        byte[] indices = [.. Enumerable.Repeat((byte)0, count - 1), largest];
        Assert.Throws<ArgumentException>(() => PngWriter.EncodeIndexed(2, 1, indices, new byte[palette]));
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
            Assert.Equal(
                Crc32.Of(rest.Span.Slice(4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(rest.Span[(8 + length)..]));
            yield return (Encoding.ASCII.GetString(rest.Span.Slice(4, 4)), rest.Slice(8, length).ToArray());
            rest = rest[(12 + length)..];
        }
    }
}
