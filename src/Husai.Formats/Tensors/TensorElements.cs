using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Husai.Formats.Tensors;

/// <summary>Converts between stored little-endian elements and numbers.</summary>
internal static class TensorElements
{
    public static void Store(ReadOnlySpan<float> values, Span<byte> data)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(data);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data[(i * sizeof(float))..], values[i]);
        }
    }

    public static void Load(TensorType type, ReadOnlySpan<byte> data, Span<float> values)
    {
        if (type == TensorType.Float32 && BitConverter.IsLittleEndian)
        {
            data.CopyTo(MemoryMarshal.AsBytes(values));
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                TensorType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(data[(i * 2)..]),
                TensorType.BFloat16 => BFloat16(data, i),
                TensorType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(data[(i * 4)..]),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(data[(i * 8)..]),
            };
        }
    }

    public static void Load(TensorType type, ReadOnlySpan<byte> data, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                TensorType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(data[(i * 2)..]),
                TensorType.BFloat16 => BFloat16(data, i),
                TensorType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(data[(i * 4)..]),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(data[(i * 8)..]),
            };
        }
    }

    public static void Load(TensorType type, ReadOnlySpan<byte> data, Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                TensorType.Bool => data[i] == 0 ? 0 : 1,
                TensorType.UInt8 => data[i],
                TensorType.Int8 => (sbyte)data[i],
                TensorType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(data[(i * 2)..]),
                TensorType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(data[(i * 2)..]),
                TensorType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(data[(i * 4)..]),
                TensorType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(data[(i * 4)..]),
                _ => BinaryPrimitives.ReadInt64LittleEndian(data[(i * 8)..]),
            };
        }
    }

    // A bfloat16 is the upper half of a float: widening is exact.
    private static float BFloat16(ReadOnlySpan<byte> data, int index) => BitConverter.UInt32BitsToSingle(
        (uint)BinaryPrimitives.ReadUInt16LittleEndian(data[(index * 2)..]) << 16);
}
