namespace Husai.Formats;

/// <summary>One tensor as a safetensors header describes it; begin and end count bytes from the start of the data.</summary>
internal sealed record SafetensorsEntry(string Name, TensorType Type, ulong[] Shape, ulong Begin, ulong End)
{
    public long Length => (long)(End - Begin);

    public long[] Sizes => Array.ConvertAll(Shape, size => (long)size);
}
