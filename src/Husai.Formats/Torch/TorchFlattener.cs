using System.Globalization;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Torch;

/// <summary>Turns the nested containers of a checkpoint into names with dots.</summary>
internal sealed class TorchFlattener(TorchArchive archive, string path)
{
    private const int MaximumDepth = 32;
    private const int MaximumVisits = 100_000;
    private const int MaximumNameLength = 1000;
    private const int MaximumNameTotal = 4 << 20;
    private readonly Dictionary<string, NamedTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private bool _namesOnly;
    private int _visits;
    private int _nameTotal;

    public TensorFile Flatten(object? root)
    {
        Visit(root is TorchView ? "tensor" : "", root, 0);
        return new TensorFile(path, _tensors, _metadata);
    }

    /// <summary>The names alone; no tensor is read.</summary>
    public IReadOnlyList<string> Names(object? root)
    {
        _namesOnly = true;
        Visit(root is TorchView ? "tensor" : "", root, 0);
        return [.. _metadata.Keys];
    }

    private void Visit(string name, object? value, int depth)
    {
        // A pickle may contain itself, or one list a thousand times, a thousand deep.
        if (depth > MaximumDepth || ++_visits > MaximumVisits || name.Length > MaximumNameLength
            || (_nameTotal += name.Length) > MaximumNameTotal)
        {
            throw new InvalidFileException(path, "its containers are nested too deeply or hold too much");
        }

        switch (value)
        {
            case PickleDictionary dictionary:
                foreach (var (key, item) in dictionary.Items)
                {
                    Visit(Join(name, Text(key, $"a key of '{name}'")), item, depth + 1);
                }

                break;
            case object?[] or List<object?>:
                var index = 0;
                foreach (var item in (IEnumerable<object?>)value)
                {
                    Visit(Join(name, $"{index++}"), item, depth + 1);
                }

                break;
            case TorchView when _namesOnly:
                Require(_metadata.TryAdd(name, ""), name);
                break;
            case TorchView view:
                var tensor = NamedTensor.Own(name, view.Storage.Type, view.Shape, archive.Read(view), path);
                Require(!_metadata.ContainsKey(name) && _tensors.TryAdd(name, tensor), name);
                break;
            default:
                Require(!_tensors.ContainsKey(name) && _metadata.TryAdd(name, Text(value, $"'{name}'")), name);
                break;
        }
    }

    private void Require(bool isNew, string name)
    {
        if (!isNew)
        {
            throw new InvalidFileException(path, $"names two values '{name}'");
        }
    }

    private static string Join(string name, string key) => name.Length == 0 ? key : $"{name}.{key}";

    private string Text(object? value, string where) => value switch
    {
        null => "None",
        string text => text,
        bool boolean => boolean ? "True" : "False",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        PickleGlobal global => global.Name,
        _ => throw new InvalidFileException(path, $"holds something else than a text or a number as {where}"),
    };
}
