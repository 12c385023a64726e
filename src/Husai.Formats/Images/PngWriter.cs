using System.Buffers;
using System.Buffers.Binary;
using Husai.Formats.Checksums;

namespace Husai.Formats.Images;

/// <summary>
/// Encodes small images of few colours as PNG (W3C PNG, third edition). The same pixels give the same bytes on every platform.
/// </summary>
internal static class PngWriter
{
    private const byte IndexedColour = 3;

    /// <summary>Encodes an image of at most 256 colours.</summary>
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
        (header[8], header[9]) = (8, IndexedColour);
        WriteChunk(output, "IHDR"u8, header);
        WriteChunk(output, "PLTE"u8, palette);
        WriteChunk(output, "IDAT"u8, Compress(indices, width, height));
        WriteChunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    // Each row is preceded by its filter: 0, none.
    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowLength, int rows)
    {
        var length = checked((rowLength + 1) * rows);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        for (var row = 0; row < rows; row++)
        {
            var line = rented.AsSpan(row * (rowLength + 1), rowLength + 1);
            line[0] = 0;
            pixels.Slice(row * rowLength, rowLength).CopyTo(line[1..]);
        }

        var result = Zlib.Compress(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return result;
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
