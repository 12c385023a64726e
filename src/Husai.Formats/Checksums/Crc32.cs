using Husai.Formats.Files;

using Library = System.IO.Hashing.Crc32;

namespace Husai.Formats.Checksums;

/// <summary>The CRC-32 of zip, PNG and W&amp;B files (IEEE 802.3, reflected polynomial 0xEDB88320), over pieces.</summary>
internal static class Crc32
{
    public static uint Of(ReadOnlySpan<byte> data) => Library.HashToUInt32(data);

    /// <summary>The checksum of two pieces one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var checksum = new Library();
        checksum.Append(first);
        checksum.Append(second);
        return checksum.GetCurrentHashAsUInt32();
    }

    /// <summary>The checksum of the next bytes of a stream.</summary>
    /// <param name="stream">Read from where it stands.</param>
    /// <param name="path">The file, for the message.</param>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="InvalidFileException">The file ends before.</exception>
    public static uint Of(Stream stream, string path, long length)
    {
        var checksum = new Library();
        var block = new byte[(int)Math.Min(length, 1 << 20)];
        for (var left = length; left > 0; left -= block.Length)
        {
            var next = block.AsSpan(0, (int)Math.Min(left, block.Length));
            InputFile.ReadBytes(stream, path, next);
            checksum.Append(next);
        }

        return checksum.GetCurrentHashAsUInt32();
    }
}
