using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Safetensors;

/// <summary>The codes of the element types in a safetensors header.</summary>
internal static class SafetensorsType
{
    /// <summary>Codes of the format that name no element type supported here.</summary>
    private static readonly string[] Unsupported =
    [
        "F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "C64",
    ];

    public static string Code(TensorType type) => type switch
    {
        TensorType.Bool => "BOOL",
        TensorType.UInt8 => "U8",
        TensorType.Int8 => "I8",
        TensorType.Int16 => "I16",
        TensorType.UInt16 => "U16",
        TensorType.Float16 => "F16",
        TensorType.BFloat16 => "BF16",
        TensorType.Int32 => "I32",
        TensorType.UInt32 => "U32",
        TensorType.Float32 => "F32",
        TensorType.Float64 => "F64",
        TensorType.Int64 => "I64",
        TensorType.UInt64 => "U64",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an element type"),
    };

    public static TensorType Parse(string code, string path, string tensor) => code switch
    {
        "BOOL" => TensorType.Bool,
        "U8" => TensorType.UInt8,
        "I8" => TensorType.Int8,
        "I16" => TensorType.Int16,
        "U16" => TensorType.UInt16,
        "F16" => TensorType.Float16,
        "BF16" => TensorType.BFloat16,
        "I32" => TensorType.Int32,
        "U32" => TensorType.UInt32,
        "F32" => TensorType.Float32,
        "F64" => TensorType.Float64,
        "I64" => TensorType.Int64,
        "U64" => TensorType.UInt64,
        _ when Unsupported.Contains(code) => throw new InvalidFileException(
            path, $"tensor '{tensor}' has the element type {code}, which is not supported; save it as F32, F16 or BF16"),
        _ => throw new InvalidFileException(path, $"tensor '{tensor}' has the unknown element type '{code}'"),
    };
}
