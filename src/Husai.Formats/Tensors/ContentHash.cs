using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Tensors;

/// <summary>SHA-256 of weights and files, as 64 lower-case hexadecimal digits: equal hashes mean equal bits.</summary>
internal static class ContentHash
{
    /// <summary>Hashes tensors: names, types, shapes and elements, in the order of the names.</summary>
    /// <remarks>Does not depend on the container that the tensors came from, nor on their order in it.</remarks>
    public static string Of(IEnumerable<NamedTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            // Every variable-length part is preceded by its length: two different sets never give the same bytes.
            var name = Encoding.UTF8.GetBytes(tensor.Name);
            Append(hash, name.Length);
            hash.AppendData(name);
            Append(hash, (int)tensor.Type);
            Append(hash, tensor.Shape.Count);
            foreach (var size in tensor.Shape)
            {
                Append(hash, size);
            }

            hash.AppendData(tensor.Data.Span);
        }

        return Finish(hash);
    }

    /// <summary>Hashes 32-bit floats by their bits.</summary>
    public static string OfFloats(ReadOnlySpan<float> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, values);
        return Finish(hash);
    }

    /// <summary>Hashes matrices: shapes and elements by their bits, in the order given.</summary>
    public static string OfFloats(params ReadOnlySpan<Matrix> matrices)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var matrix in matrices)
        {
            Append(hash, matrix.Rows);
            Append(hash, matrix.Columns);
            for (var row = 0; row < matrix.Rows; row++)
            {
                Append(hash, matrix.Row(row));
            }
        }

        return Finish(hash);
    }

    /// <summary>Hashes an array that comes in blocks of rows: its shape, then the elements of the blocks by their bits.</summary>
    /// <param name="rows">Rows of the array.</param>
    /// <param name="width">Values per row.</param>
    /// <param name="blocks">The blocks, or those of them that are to count, in order.</param>
    public static string OfFloats(long rows, int width, IEnumerable<Matrix> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, rows);
        Append(hash, width);
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Rows; row++)
            {
                Append(hash, block.Row(row));
            }
        }

        return Finish(hash);
    }

    /// <summary>Hashes the bytes of a file.</summary>
    /// <exception cref="InvalidFileException">The file is missing or may not be read.</exception>
    public static string OfFile(string path)
    {
        using var stream = InputFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Hashes a text's bytes in UTF-8.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            hash.AppendData(bytes);
        }
    }

    private static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
