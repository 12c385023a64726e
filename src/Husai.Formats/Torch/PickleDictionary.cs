namespace Husai.Formats.Torch;

/// <summary>A dictionary as a pickle built it, in insertion order.</summary>
internal sealed class PickleDictionary
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}
