using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Numpy;

/// <summary>Reads the elements of a .npy file as row-major and little-endian.</summary>
internal static class NumpyElements
{
    // A multiple of every element size.
    private const int ChunkLength = 1 << 20;

    public static byte[] Read(Stream stream, string path, NumpyHeader header)
    {
        byte[] data;
        if (!header.FortranOrder || header.Shape.Length < 2)
        {
            data = InputFile.ReadBytes(stream, path, header.DataLength);
        }
        else
        {
            data = ReadColumnMajor(stream, path, header);
        }

        if (header.BigEndian)
        {
            ReverseBytes(data, header.Type.Size());
        }

        return data;
    }

    // Piece by piece: a second copy of the whole array would double the memory.
    private static byte[] ReadColumnMajor(Stream stream, string path, NumpyHeader header)
    {
        if (header.DataLength > Array.MaxLength)
        {
            throw new InvalidFileException(path, $"holds {header.DataLength} bytes in column-major order; save it row-major");
        }

        var size = header.Type.Size();
        var data = new byte[header.DataLength];
        var index = new long[header.Shape.Length];
        var strides = RowMajorStrides(header.Shape);
        var target = 0L;
        for (var done = 0L; done < data.Length; done += ChunkLength)
        {
            var chunk = InputFile.ReadBytes(stream, path, Math.Min(ChunkLength, data.Length - done));
            for (var at = 0; at < chunk.Length; at += size)
            {
                chunk.AsSpan(at, size).CopyTo(data.AsSpan((int)target * size));
                target = Advance(index, header.Shape, strides, target);
            }
        }

        return data;
    }

    // The next element in column-major order: the first axis runs fastest.
    private static long Advance(long[] index, long[] shape, long[] strides, long target)
    {
        for (var axis = 0; axis < index.Length; axis++)
        {
            target += strides[axis];
            if (++index[axis] < shape[axis])
            {
                return target;
            }

            target -= strides[axis] * shape[axis];
            index[axis] = 0;
        }

        return 0;
    }

    private static long[] RowMajorStrides(long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    private static void ReverseBytes(Span<byte> data, int size)
    {
        switch (size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(data);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(data);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(data);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
