using Husai.Formats.Tensors;

namespace Husai.Formats.Torch;

/// <summary>A flat run of elements in a checkpoint, which any number of tensors may view.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Key">The member of the archive that holds it: <c>data/KEY</c>.</param>
/// <param name="Elements">How many elements it has.</param>
internal sealed record TorchStorage(TensorType Type, string Key, long Elements)
{
    public static TensorType? TypeOf(string global) => global switch
    {
        "torch.FloatStorage" => TensorType.Float32,
        "torch.DoubleStorage" => TensorType.Float64,
        "torch.HalfStorage" => TensorType.Float16,
        "torch.BFloat16Storage" => TensorType.BFloat16,
        "torch.LongStorage" => TensorType.Int64,
        "torch.IntStorage" => TensorType.Int32,
        "torch.ShortStorage" => TensorType.Int16,
        "torch.CharStorage" => TensorType.Int8,
        "torch.ByteStorage" => TensorType.UInt8,
        "torch.BoolStorage" => TensorType.Bool,
        _ => null,
    };

    public static string Global(NamedTensor tensor) => tensor.Type switch
    {
        TensorType.Float32 => "FloatStorage",
        TensorType.Float64 => "DoubleStorage",
        TensorType.Float16 => "HalfStorage",
        TensorType.BFloat16 => "BFloat16Storage",
        TensorType.Int64 => "LongStorage",
        TensorType.Int32 => "IntStorage",
        TensorType.Int16 => "ShortStorage",
        TensorType.Int8 => "CharStorage",
        TensorType.UInt8 => "ByteStorage",
        TensorType.Bool => "BoolStorage",
        _ => throw new ArgumentException(
            $"tensor '{tensor.Name}' holds {tensor.Type}, which PyTorch checkpoints do not have", nameof(tensor)),
    };
}
