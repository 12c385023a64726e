using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Numpy;

/// <summary>NumPy's codes for element types: byte order, kind, bytes.</summary>
internal static class NumpyType
{
    /// <summary>The code of 32-bit floats.</summary>
    public const string Single = "<f4";

    public static string Code(NamedTensor tensor) => tensor.Type switch
    {
        TensorType.Bool => "|b1",
        TensorType.UInt8 => "|u1",
        TensorType.Int8 => "|i1",
        TensorType.Int16 => "<i2",
        TensorType.UInt16 => "<u2",
        TensorType.Float16 => "<f2",
        TensorType.Int32 => "<i4",
        TensorType.UInt32 => "<u4",
        TensorType.Float32 => Single,
        TensorType.Float64 => "<f8",
        TensorType.Int64 => "<i8",
        TensorType.UInt64 => "<u8",
        _ => throw new ArgumentException(
            $"tensor '{tensor.Name}' holds {tensor.Type}, which NumPy does not have; convert it to Float32", nameof(tensor)),
    };

    public static (TensorType Type, bool BigEndian) Parse(string code, string path)
    {
        var type = code.Length < 3 ? null : code[1..] switch
        {
            "b1" => TensorType.Bool,
            "u1" => TensorType.UInt8,
            "i1" => TensorType.Int8,
            "i2" => TensorType.Int16,
            "u2" => TensorType.UInt16,
            "f2" => TensorType.Float16,
            "i4" => TensorType.Int32,
            "u4" => TensorType.UInt32,
            "f4" => TensorType.Float32,
            "f8" => TensorType.Float64,
            "i8" => TensorType.Int64,
            "u8" => TensorType.UInt64,
            _ => (TensorType?)null,
        };
        if (type is null || !"<>|=".Contains(code[0]))
        {
            throw new InvalidFileException(
                path, $"has elements of NumPy type '{code}'; booleans, integers and floats of 2, 4 or 8 bytes are supported");
        }

        return (type.Value, code[0] == '>');
    }
}
