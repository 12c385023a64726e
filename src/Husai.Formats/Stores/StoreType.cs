using Husai.Formats.Tensors;

namespace Husai.Formats.Stores;

/// <summary>How a store keeps its values.</summary>
public enum StoreType
{
    /// <summary>32-bit floats.</summary>
    F32,

    /// <summary>IEEE 754 half precision: 11 significant bits, up to 65504.</summary>
    F16,

    /// <summary>bfloat16: 8 significant bits, the range of 32-bit floats.</summary>
    Bf16,
}

/// <summary>Facts about how values are kept.</summary>
internal static class StoreTypes
{
    public static TensorType Element(this StoreType type) => type switch
    {
        StoreType.F16 => TensorType.Float16,
        StoreType.Bf16 => TensorType.BFloat16,
        _ => TensorType.Float32,
    };
}
