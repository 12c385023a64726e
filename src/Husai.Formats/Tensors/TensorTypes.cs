namespace Husai.Formats.Tensors;

/// <summary>Facts about element types.</summary>
internal static class TensorTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.Bool or TensorType.UInt8 or TensorType.Int8 => 1,
        TensorType.Int16 or TensorType.UInt16 or TensorType.Float16 or TensorType.BFloat16 => 2,
        TensorType.Int32 or TensorType.UInt32 or TensorType.Float32 => 4,
        TensorType.Float64 or TensorType.Int64 or TensorType.UInt64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an element type"),
    };

    public static bool IsFloat(this TensorType type) =>
        type is TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 or TensorType.Float64;

    /// <summary>Elements of a shape; null when a size is negative or the product exceeds 63 bits.</summary>
    public static long? Elements(IReadOnlyList<long> shape)
    {
        var product = 1L;
        for (var axis = 0; axis < shape.Count; axis++)
        {
            var size = shape[axis];
            if (size < 0 || Math.BigMul(product, size, out product) != 0 || product < 0)
            {
                return null;
            }
        }

        return product;
    }

    /// <summary>Bytes of a tensor; null when a size is negative or the product exceeds 63 bits.</summary>
    public static long? Bytes(this TensorType type, IReadOnlyList<long> shape)
    {
        var elements = Elements(shape);
        return elements <= long.MaxValue / type.Size() ? elements * type.Size() : null;
    }

    public static string Print(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
