using System.Collections.ObjectModel;
using Husai.Formats.Files;

namespace Husai.Formats.Tensors;

/// <summary>The tensors of one file, by name, and its text metadata.</summary>
internal sealed class TensorFile
{
    internal TensorFile(
        string path, Dictionary<string, NamedTensor> tensors, Dictionary<string, string>? metadata = null)
    {
        Path = path;
        Tensors = new ReadOnlyDictionary<string, NamedTensor>(tensors);
        Metadata = new ReadOnlyDictionary<string, string>(metadata ?? []);
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, NamedTensor> Tensors { get; }

    /// <summary>Text that the file carries beside its tensors; empty for most.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The file, for messages.</summary>
    internal string Path { get; }

    /// <summary>A tensor that must be there, with the shape it must have.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The sizes needed, outermost first; a negative one means any. No sizes at all means any shape.</param>
    /// <exception cref="InvalidFileException">No tensor has the name, or its shape differs.</exception>
    public NamedTensor Require(string name, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (!Tensors.TryGetValue(name, out var tensor))
        {
            var names = Tensors.Keys.Order(StringComparer.Ordinal).Take(8).ToList();
            var more = Tensors.Count > names.Count ? ", ..." : "";
            throw new InvalidFileException(Path, names.Count == 0
                ? $"has no tensor '{name}'; it holds none at all"
                : $"has no tensor '{name}'; it holds {string.Join(", ", names)}{more}");
        }

        var fits = shape.Length == 0 || (shape.Length == tensor.Shape.Count
            && shape.Zip(tensor.Shape).All(pair => pair.First < 0 || pair.First == pair.Second));
        if (!fits)
        {
            var wanted = string.Join(", ", shape.Select(size => size < 0 ? "any" : $"{size}"));
            throw tensor.Wrong($"has shape {TensorTypes.Print(tensor.Shape)} where [{wanted}] is needed");
        }

        return tensor;
    }
}
