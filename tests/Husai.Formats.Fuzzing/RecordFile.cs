using System.Buffers.Binary;

namespace Husai.Formats.Fuzzing;

/// <summary>Reads TensorFlow's record files up to the first record that is not whole.</summary>
public static class RecordFile
{
    public static List<byte[]> Read(ReadOnlySpan<byte> file)
    {
        var records = new List<byte[]>();
        while (file.Length >= 16)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
            if (Checksum(file[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) || length > (ulong)file.Length - 16)
            {
                break;
            }

            var data = file.Slice(12, (int)length);
            if (Checksum(data) != BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + (int)length)..]))
            {
                break;
            }

            records.Add(data.ToArray());
            file = file[(16 + (int)length)..];
        }

        return records;
    }

    // Bit by bit from the definition: the polynomial 0x1EDC6F41, reflected.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var state = uint.MaxValue;
        foreach (var value in data)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = state >> 1 ^ ((state & 1) == 0 ? 0 : 0x82F63B78);
            }
        }

        state = ~state;
        return (state >> 15 | state << 17) + 0xA282EAD8;
    }
}
