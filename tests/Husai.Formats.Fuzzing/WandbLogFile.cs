using System.Buffers.Binary;

namespace Husai.Formats.Fuzzing;

/// <summary>Reads W&amp;B transaction logs up to the first record that is not whole.</summary>
public static class WandbLogFile
{
    private const int Block = 32768;
    private static readonly uint[] Table = MakeTable();

    public static List<byte[]> Read(ReadOnlySpan<byte> file)
    {
        var records = new List<byte[]>();
        if (!file.StartsWith((ReadOnlySpan<byte>)[0x3A, 0x57, 0x26, 0x42, 0xE1, 0xBE, 0]))
        {
            return records;
        }

        var current = new List<byte>();
        var at = 7;
        var started = false;
        while (at < file.Length)
        {
            var left = Block - at % Block;
            if (left < 7)
            {
                at += left;
                continue;
            }

            if (file.Length - at < 7)
            {
                break;
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(file[(at + 4)..]);
            var type = file[at + 6];
            if (length > left - 7 || length > file.Length - at - 7
                || Checksum(file.Slice(at + 6, 1 + length)) != BinaryPrimitives.ReadUInt32LittleEndian(file[at..]))
            {
                break;
            }

            // A record starts with type 1 or 2 and ends with 1 or 4.
            if (type is 0 or > 4 || (type is 1 or 2) != !started)
            {
                break;
            }

            started = type is 2 or 3;
            current.AddRange(file.Slice(at + 7, length));
            if (!started)
            {
                records.Add([.. current]);
                current.Clear();
            }

            at += 7 + length;
        }

        return records;
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var state = uint.MaxValue;
        foreach (var value in data)
        {
            state = Table[(byte)(state ^ value)] ^ state >> 8;
        }

        return ~state;
    }

    // Bit by bit from the definition of the CRC-32.
    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            table[i] = i;
            for (var bit = 0; bit < 8; bit++)
            {
                table[i] = table[i] >> 1 ^ ((table[i] & 1) == 0 ? 0 : 0xEDB88320);
            }
        }

        return table;
    }
}
