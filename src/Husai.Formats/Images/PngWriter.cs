using System.Buffers.Binary;
using System.IO.Compression;

namespace Husai.Formats;

/// <summary>Encodes small images of at most 256 colours as PNG (W3C PNG, third edition).</summary>
/// <remarks>The same image gives the same pixels everywhere; how tightly they are packed is up to the runtime's compressor.</remarks>
public static class PngWriter
{
    private const byte BitsPerIndex = 8;
    private const byte IndexedColour = 3;
    private const byte NoFilter = 0;

    /// <summary>Encodes an image.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="indices">Row after row from the top: the place of each pixel's colour in the palette.</param>
    /// <param name="palette">The colours: red, green and blue of each.</param>
    /// <returns>The content of a .png file.</returns>
    /// <exception cref="ArgumentException">
    /// There are not as many indices as pixels, the palette is not 1 to 256 triples, or an index points behind it.
    /// </exception>
    public static byte[] EncodeIndexed(int width, int height, ReadOnlySpan<byte> indices, ReadOnlySpan<byte> palette)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (indices.Length != (long)width * height)
        {
            throw new ArgumentException($"{indices.Length} indices are not one for each of {width} x {height} pixels", nameof(indices));
        }

        if (palette.Length is 0 or > 3 * 256 || palette.Length % 3 != 0)
        {
            throw new ArgumentException($"{palette.Length} bytes are not 1 to 256 colours of 3 bytes", nameof(palette));
        }

        if (indices.ContainsAnyExceptInRange((byte)0, (byte)(palette.Length / 3 - 1)))
        {
            throw new ArgumentException($"an index points behind the {palette.Length / 3} colours", nameof(indices));
        }

        var output = new MemoryStream();
        output.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (BitsPerIndex, IndexedColour);
        WriteChunk(output, "IHDR"u8, header);
        WriteChunk(output, "PLTE"u8, palette);
        WriteChunk(output, "IDAT"u8, Compress(indices, width));
        WriteChunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    // Each row is preceded by its filter.
    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> indices, int width)
    {
        var output = new MemoryStream();
        using (var packed = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var start = 0; start < indices.Length; start += width)
            {
                packed.WriteByte(NoFilter);
                packed.Write(indices.Slice(start, width));
            }
        }

        return output.GetBuffer().AsSpan(0, (int)output.Length);
    }

    private static void WriteChunk(MemoryStream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        output.Write(number);
    }
}
