using System.Buffers.Binary;
using System.IO.Compression;

namespace Husai.Reporting;

/// <summary>Writes PNG pictures (ISO/IEC 15948) in 256 shades of the colour map, not compressed: a compressor's output depends on its version and on the processor, and the same figure shall have the same bytes everywhere.</summary>
internal static class PngEncoder
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(entry => TableEntry((uint)entry))];

    /// <summary>Encodes a picture.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="shade">Position in the colour map at (row, column), from 0 to 1.</param>
    public static byte[] Encode(int width, int height, Func<int, int, double> shade)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3); // eight bits a pixel; indices into the palette

        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "PLTE"u8, Colours());
        WriteChunk(file, "IDAT"u8, Pixels(width, height, shade));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Colours()
    {
        var colours = new byte[3 * 256];
        for (var index = 0; index < 256; index++)
        {
            (colours[3 * index], colours[(3 * index) + 1], colours[(3 * index) + 2]) = ColourMap.At(index / 255.0);
        }

        return colours;
    }

    private static byte[] Pixels(int width, int height, Func<int, int, double> shade)
    {
        // Each row starts with its filter type, 0 for none.
        var raw = new byte[height * (1 + width)];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                raw[(row * (1 + width)) + 1 + column] = (byte)((Math.Clamp(shade(row, column), 0, 1) * 255) + 0.5);
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            zlib.Write(raw);
        }

        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Checksum(Checksum(uint.MaxValue, type), data));
        file.Write(number);
    }

    // CRC-32 with the polynomial of ISO 3309, one byte at a time.
    private static uint Checksum(uint sum, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return sum;
    }

    private static uint TableEntry(uint entry)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            entry = (entry & 1) == 1 ? 0xedb88320 ^ (entry >> 1) : entry >> 1;
        }

        return entry;
    }
}
