using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Husai.Numerics.Kernels;

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

    /// <summary>Stores floats as floats of another type, rounded to the nearest, ties to even.</summary>
    /// <param name="type">32-bit, half precision or bfloat16.</param>
    /// <param name="values">The values.</param>
    /// <param name="data">Receives them.</param>
    /// <returns>The first value that is not finite in the stored form; -1 where all are.</returns>
    public static int Store(TensorType type, ReadOnlySpan<float> values, Span<byte> data)
    {
        if (type == TensorType.Float32)
        {
            Store(values, data);
            return FiniteValues.IndexOfNotFinite(values);
        }

        var first = -1;
        for (var i = 0; i < values.Length; i++)
        {
            var rounded = type == TensorType.Float16 ? BitConverter.HalfToUInt16Bits((Half)values[i]) : ToBFloat16(values[i]);
            BinaryPrimitives.WriteUInt16LittleEndian(data[(i * sizeof(ushort))..], rounded);
            var exponent = type == TensorType.Float16 ? 0x7C00 : 0x7F80;
            first = first < 0 && (rounded & exponent) == exponent ? i : first;
        }

        return first;
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

    // Half of the last kept place is added, less one where that place is even; a NaN must not become an infinity.
    private static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }

    // A bfloat16 is the upper half of a float: widening is exact.
    private static float BFloat16(ReadOnlySpan<byte> data, int index) => BitConverter.UInt32BitsToSingle(
        (uint)BinaryPrimitives.ReadUInt16LittleEndian(data[(index * 2)..]) << 16);
}
