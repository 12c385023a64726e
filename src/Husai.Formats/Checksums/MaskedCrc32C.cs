using System.Buffers.Binary;
using System.Numerics;

namespace Husai.Formats.Checksums;

/// <summary>The checksum of TensorFlow's record files: CRC-32C (Castagnoli), rotated and shifted by a constant.</summary>
internal static class MaskedCrc32C
{
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var state = uint.MaxValue;
        while (data.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return BitOperations.RotateRight(~state, 15) + 0xA282EAD8;
    }
}
