using System.Buffers.Binary;
using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Numpy;

/// <summary>The header of a .npy file: <c>\x93NUMPY | major | minor | length | dictionary</c>.</summary>
internal sealed record NumpyHeader(
    TensorType Type, bool BigEndian, bool FortranOrder, long[] Shape)
{
    // NumPy's own limit; longer ones need a flag there.
    private const int MaximumLength = 10_000;

    /// <summary>Bytes of the elements.</summary>
    public long DataLength => Type.Bytes(Shape)!.Value;

    /// <summary>Reads from the start of the stream up to the first element.</summary>
    public static NumpyHeader Read(Stream stream, string path)
    {
        if (stream.Length < 10)
        {
            throw new InvalidFileException(path, $"has {stream.Length} bytes: too short for a NumPy array");
        }

        var start = InputFile.ReadBytes(stream, path, 8);
        if (!start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]))
        {
            throw new InvalidFileException(path, "does not start as a NumPy array does");
        }

        var length = start[6] switch
        {
            1 => BinaryPrimitives.ReadUInt16LittleEndian(InputFile.ReadBytes(stream, path, 2)),
            2 or 3 => BinaryPrimitives.ReadUInt32LittleEndian(InputFile.ReadBytes(stream, path, 4)),
            _ => throw new InvalidFileException(path, $"has the NumPy format version {start[6]}.{start[7]}; 1 to 3 are supported"),
        };
        if (length > MaximumLength || length > stream.Length - stream.Position)
        {
            throw new InvalidFileException(
                path, $"claims a header of {length} bytes; at most {MaximumLength} are supported, and the file ends after {stream.Length}");
        }

        var bytes = InputFile.ReadBytes(stream, path, length);
        var header = NumpyHeaderParser.Parse(Encoding.Latin1.GetString(bytes), path);
        var rest = stream.Length - stream.Position;
        return header.Type.Bytes(header.Shape) is not { } needed || needed != rest
            ? throw new InvalidFileException(
                path,
                $"holds {rest} bytes of elements where {header.Type} of shape {TensorTypes.Print(header.Shape)} needs {Needed(header)}")
            : header;
    }

    private static string Needed(NumpyHeader header) =>
        header.Type.Bytes(header.Shape) is { } needed ? $"{needed}" : "more than can be addressed";

    /// <summary>The header as NumPy writes it, padding included: little-endian, row-major.</summary>
    public static byte[] Format(NamedTensor tensor) => Format(NumpyType.Code(tensor), tensor.Shape);

    /// <summary>The header of an array whose elements are written after it.</summary>
    /// <param name="code">NumPy's code of the elements, as <see cref="NumpyType.Code"/> gives it.</param>
    /// <param name="sizes">Sizes of the dimensions, outermost first.</param>
    public static byte[] Format(string code, IReadOnlyList<long> sizes)
    {
        var shape = sizes.Count == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes)})";
        var text = $"{{'descr': '{code}', 'fortran_order': False, 'shape': {shape}, }}";

        // NumPy leaves room for the first axis to grow to 21 digits, then fills up to a multiple of 64.
        text += sizes.Count == 0 ? "" : new string(' ', 21 - $"{sizes[0]}".Length);
        text += new string(' ', 64 - (10 + text.Length + 1) % 64) + "\n";
        var header = new byte[10 + text.Length];
        header[0] = 0x93;
        "NUMPY\u0001\0"u8.CopyTo(header.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)text.Length));
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        return header;
    }
}
