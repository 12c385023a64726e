using System.Buffers.Binary;
using System.IO.Compression;
using Husai.Formats.Checksums;
using Husai.Formats.Images;
using Husai.Numerics.Randomness;

namespace Husai.Formats.Tests.Images;

public sealed class PngWriterTests
{
    private static readonly byte[] AllColours = [.. Enumerable.Range(0, 3 * 256).Select(value => (byte)(value / 3))];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(300, 15)]
    [InlineData(256, 64)]
    public void An_image_survives(int width, int height)
    {
        var random = new RandomStream(2, "png", 0);
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            // Half noise and half runs: literals, short and long matches.
            pixels[i] = i % 700 < 350 ? (byte)random.NextUInt32() : (byte)(i / 50);
        }

        var png = PngWriter.EncodeIndexed(width, height, pixels, AllColours);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        var chunks = Chunks(png.AsMemory(8)).ToList();
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        byte[] header = [0, 0, (byte)(width >> 8), (byte)width, 0, 0, 0, (byte)height, 8, 3, 0, 0, 0];
        Assert.Equal(header, chunks[0].Data);
        using var inflated = new ZLibStream(new MemoryStream(chunks[2].Data), CompressionMode.Decompress);
        for (var row = 0; row < height; row++)
        {
            var line = new byte[1 + width];
            inflated.ReadExactly(line);
            Assert.Equal(0, line[0]);
            Assert.Equal(pixels[(row * width)..((row + 1) * width)], line[1..]);
        }

        Assert.Equal(-1, inflated.ReadByte());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(259)]
    [InlineData(40_000)]
    [InlineData(200_000)]
    public void Data_of_any_length_inflates_again(int length)
    {
        var random = new RandomStream(3, "zlib", 0);
        var data = new byte[length];
        for (var i = 0; i < length; i++)
        {
            // A far repetition at the edge of the window, among noise of four values.
            data[i] = i >= 32768 && i % 3 == 0 ? data[i - 32768] : (byte)(random.NextUInt32() & 3);
        }

        using var inflated = new ZLibStream(new MemoryStream(Zlib.Compress(data)), CompressionMode.Decompress);
        var result = new MemoryStream();
        inflated.CopyTo(result);
        Assert.Equal(data, result.ToArray());
    }

    [Theory]
    [InlineData(5552)]
    [InlineData(5553)]
    [InlineData(300_000)]
    public void The_checksum_of_the_largest_bytes_does_not_overflow(int length)
    {
        var data = new byte[length];
        data.AsSpan().Fill(byte.MaxValue);
        var (a, b) = (1L, 0L);
        foreach (var value in data)
        {
            (a, b) = ((a + value) % 65521, (a + value + b) % 65521);
        }

        Assert.Equal(b << 16 | a, BinaryPrimitives.ReadUInt32BigEndian(Zlib.Compress(data).AsSpan()[^4..]));
    }

    [Fact]
    public void A_run_of_one_colour_takes_little() => Assert.InRange(
        PngWriter.EncodeIndexed(512, 512, new byte[512 * 512], [1, 2, 3]).Length, 60, 4000);

    [Fact]
    public void The_smallest_image_has_known_bytes()
    {
        // One pixel of index 7: fixed Huffman codes 00110000 (0) and 00110111 (7), then the end, by hand.
        byte[] expected = [0x78, 0x01, 0x63, 0x60, 0x07, 0x00, 0x00, 0x09, 0x00, 0x08];
        Assert.Equal(expected, Chunks(PngWriter.EncodeIndexed(1, 1, [7], AllColours).AsMemory(8)).ElementAt(2).Data);
    }

    [Theory]
    [InlineData(2, 2, 8)]
    [InlineData(2, 2, 5)]
    [InlineData(2, 2, 0)]
    public void Pixels_that_do_not_fill_the_image_are_refused(int width, int height, int bytes) =>
        Assert.Throws<ArgumentException>(() => PngWriter.EncodeIndexed(width, height, new byte[bytes], AllColours));

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
            yield return (System.Text.Encoding.ASCII.GetString(rest.Span.Slice(4, 4)), rest.Slice(8, length).ToArray());
            rest = rest[(12 + length)..];
        }
    }
}
