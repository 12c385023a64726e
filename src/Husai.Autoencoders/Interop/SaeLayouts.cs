using Husai.Formats;

namespace Husai.Autoencoders;

/// <summary>The names of the layouts, and how to tell them apart.</summary>
public static class SaeLayouts
{
    private static readonly (SaeLayout Layout, string Name, string? File)[] All =
    [
        (SaeLayout.SaeLens, "saelens", SaeFolder.WeightsName),
        (SaeLayout.DictionaryLearning, "dictionary_learning", DictionaryLearningReader.WeightsName),
        (SaeLayout.Sparsify, "sparsify", SparsifyReader.WeightsName),
        (SaeLayout.OpenAi, "openai", null),
        (SaeLayout.GemmaScope, "gemma_scope", GemmaScopeReader.FileName),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The name of a layout.</summary>
    public static string NameOf(SaeLayout layout) => All.Single(entry => entry.Layout == layout).Name;

    /// <summary>The layout of a name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static SaeLayout Parse(string name)
    {
        foreach (var entry in All)
        {
            if (entry.Name == name)
            {
                return entry.Layout;
            }
        }

        throw new ArgumentException($"there is no layout '{name}'; there are {string.Join(", ", Names)}", nameof(name));
    }

    /// <summary>Tells a layout by the names of the files.</summary>
    /// <param name="path">A folder, or the file with the weights.</param>
    /// <exception cref="InvalidFileException">The folder holds no autoencoder or several, or the file's name does not tell.</exception>
    public static SaeLayout Detect(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Directory.Exists(path) ? DetectFolder(path) : DetectFile(path);
    }

    /// <summary>The layouts whose weights are in a folder, by the names of the files.</summary>
    internal static IReadOnlyList<SaeLayout> In(string folder) =>
        [.. All.Where(entry => entry.File is not null && File.Exists(Path.Combine(folder, entry.File))).Select(entry => entry.Layout)];

    private static SaeLayout DetectFolder(string path)
    {
        var found = In(path);
        return found switch
        {
            [var only] => only,
            [] when File.Exists(Path.Combine(path, SaeFolder.ConfigurationName)) => SaeLayout.SaeLens,
            [] when Directory.GetFiles(path, "*.pt").Length == 1 => SaeLayout.OpenAi,
            [] when Directory.GetFiles(path, "*.npz").Length == 1 => SaeLayout.GemmaScope,
            [] => throw new InvalidFileException(
                path, $"holds no autoencoder: none of {string.Join(", ", All.Select(entry => entry.File ?? "one .pt file"))} is in it"),
            _ => throw new InvalidFileException(
                path, $"holds autoencoders of several layouts ({string.Join(", ", found.Select(NameOf))}); name the file to read"),
        };
    }

    private static SaeLayout DetectFile(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var entry in All)
        {
            if (entry.File == name)
            {
                return entry.Layout;
            }
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PT" when File.Exists(ImportPath.Beside(path, DictionaryLearningReader.ConfigurationName)) => SaeLayout.DictionaryLearning,
            ".PT" => SaeLayout.OpenAi,
            ".NPZ" => SaeLayout.GemmaScope,
            _ => throw new InvalidFileException(path, "is not the weights of an autoencoder by its name; give the folder, or say the layout"),
        };
    }
}
