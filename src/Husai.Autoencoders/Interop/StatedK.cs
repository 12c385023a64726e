using System.Globalization;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// How many latents may fire on a row. Libraries write it in several places, and their loaders differ in which they look at: here all are
/// looked at, and must agree.
/// </summary>
/// <param name="path">The file that messages name.</param>
internal sealed class StatedK(string path)
{
    private readonly List<string> _places = [];
    private readonly List<(string Place, double Value)> _stated = [];

    /// <summary>Looks at a key of a configuration: a number, or the text of one.</summary>
    public StatedK Add(JsonSettings settings, string key) => Add(settings.NameOf(key), settings.NumberOrText(key));

    /// <summary>Looks at a tensor, or a plain value beside the tensors.</summary>
    public StatedK Add(ImportTensors tensors, string name) =>
        Add($"'{name}' of {Path.GetFileName(tensors.Path)}", tensors.Has(name) ? tensors.Number(name) : null);

    /// <summary>The number that is stated, if any.</summary>
    /// <param name="latents">Latents to choose from.</param>
    /// <exception cref="InvalidFileException">Two places contradict each other, or the number is none of 1 to
    /// <paramref name="latents"/>.</exception>
    public int? Find(int latents)
    {
        if (_stated.Count == 0)
        {
            return null;
        }

        var (place, value) = _stated[0];
        foreach (var other in _stated.Where(other => other.Value != value))
        {
            throw new InvalidFileException(path, string.Create(
                CultureInfo.InvariantCulture, $"k is {value} by {place} and {other.Value} by {other.Place}; which is it?"));
        }

        return value >= 1 && value <= latents && value == Math.Floor(value)
            ? (int)value
            : throw new InvalidFileException(path, string.Create(
            CultureInfo.InvariantCulture,
            $"k is {value} by {place}, where a whole number from 1 to {latents}, the number of latents, is needed"));
    }

    /// <summary>The number that must be stated.</summary>
    /// <exception cref="InvalidFileException">As for <see cref="Find"/>, or nothing states it.</exception>
    public int Require(int latents) => Find(latents)
        ?? throw new InvalidFileException(path, $"does not say how many latents may fire (k): {string.Join(" and ", _places)} are missing");

    private StatedK Add(string place, double? value)
    {
        _places.Add(place);
        if (value is { } number)
        {
            _stated.Add((place, number));
        }

        return this;
    }
}
