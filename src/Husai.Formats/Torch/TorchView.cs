using Husai.Formats.Tensors;

namespace Husai.Formats.Torch;

/// <summary>A tensor of a checkpoint: a view of a storage. Offset and strides count elements.</summary>
internal sealed record TorchView(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    private const int MaximumRank = 64;

    /// <summary>Elements of the view.</summary>
    public long Elements => TensorTypes.Elements(Shape)!.Value;

    /// <summary>Elements of the storage from the first to the last that the view touches.</summary>
    public long Extent => Elements == 0 ? 0 : 1 + Shape.Zip(Strides, (size, stride) => (size - 1) * stride).Sum();

    /// <summary>Whether the elements lie in the storage as they lie in a row-major tensor.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected)
                {
                    return Elements == 0;
                }

                expected *= Shape[axis];
            }

            return true;
        }
    }

    /// <summary>A view whose every element lies inside the storage, or null.</summary>
    public static TorchView? Create(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > MaximumRank || offset < 0 || offset > storage.Elements
            || storage.Type.Bytes(shape) is not { } bytes || strides.Any(stride => stride < 0))
        {
            return null;
        }

        // 128 bits: sizes and strides come from the file.
        var last = (Int128)offset;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            last += (Int128)(shape[axis] - 1) * strides[axis];
        }

        return bytes == 0 || last < storage.Elements ? new TorchView(storage, offset, shape, strides) : null;
    }
}
