using Husai.Formats.Tensors;

namespace Husai.Formats.Safetensors;

/// <summary>One tensor as a safetensors header describes it; begin and end count bytes from the start of the data.</summary>
/// <remarks>Sizes and offsets are unsigned in the file; a negative size here is one above 63 bits.</remarks>
internal sealed record SafetensorsEntry(string Name, TensorType Type, long[] Shape, ulong Begin, ulong End)
{
    public long Length => (long)(End - Begin);
}
