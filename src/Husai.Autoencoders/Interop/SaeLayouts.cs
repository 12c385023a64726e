using Husai.Autoencoders.Storage;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>The names of the layouts, and how to tell them apart.</summary>
internal static class SaeLayouts
{
    private static readonly (SaeLayout Layout, string Name)[] All =
    [
        (SaeLayout.SaeLens, "saelens"),
        (SaeLayout.DictionaryLearning, "dictionary_learning"),
        (SaeLayout.Sparsify, "sparsify"),
        (SaeLayout.OpenAi, "openai"),
        (SaeLayout.GemmaScope, "gemma_scope"),
        (SaeLayout.GemmaScope2, "gemma_scope_2"),
        (SaeLayout.LanguageModelSaes, "language_model_saes"),
        (SaeLayout.PlainStateDict, "plain_state_dict"),
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

    /// <summary>The layout of what a path names (<see cref="Locate"/>).</summary>
    /// <param name="path">A folder, or the file with the weights.</param>
    /// <exception cref="InvalidFileException">As for <see cref="Locate"/>.</exception>
    public static SaeLayout Detect(string path) => Locate(path).Layout;

    /// <summary>Finds an SAE: by the names of the files and, where they do not tell, by the tensors in them.</summary>
    /// <param name="path">A folder, or the file with the weights.</param>
    /// <exception cref="InvalidFileException">
    /// There is no such path, the folder holds no SAE or several, or what is found is of no known layout.
    /// </exception>
    public static SaeLocation Locate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Directory.Exists(path) ? LocateIn(path)
            : File.Exists(path) ? OfFile(path)
            : throw new InvalidFileException(path, "no such file or folder");
    }

    /// <summary>The layouts whose weights are in a folder under the names that their libraries give them.</summary>
    internal static IReadOnlyList<SaeLayout> In(string folder)
    {
        var found = new List<SaeLayout>();
        void AddIf(string file, SaeLayout layout)
        {
            if (File.Exists(Path.Combine(folder, file)))
            {
                found.Add(layout);
            }
        }

        AddIf(DictionaryLearningReader.WeightsName, SaeLayout.DictionaryLearning);
        AddIf(SparsifyReader.WeightsName, SaeLayout.Sparsify);
        AddIf(GemmaScopeReader.FileName, SaeLayout.GemmaScope);
        AddIf(GemmaScopeReader.SecondFileName, SaeLayout.GemmaScope2);

        // SAELens and Language-Model-SAEs share a name of weights; their configurations have different ones.
        if (File.Exists(Path.Combine(folder, SaeFolder.WeightsName)) && File.Exists(Path.Combine(folder, SaeFolder.ConfigurationName)))
        {
            found.Add(SaeLayout.SaeLens);
        }
        else if (LanguageModelSaesReader.WeightsIn(folder) is { } weights && LanguageModelSaesReader.ConfigurationOf(weights) is not null)
        {
            found.Add(SaeLayout.LanguageModelSaes);
        }
        else
        {
            AddIf(SaeFolder.WeightsName, SaeLayout.SaeLens);
        }

        return found;
    }

    private static SaeLocation LocateIn(string folder) => In(folder) switch
    {
        // Two libraries with configurations of one name: the weights themselves tell.
        [SaeLayout.LanguageModelSaes] => OfFile(LanguageModelSaesReader.WeightsIn(folder)!),
        [var only] => new SaeLocation(only, folder),

        // The only file of weights in a folder may have any name.
        [] when WeightsFile.OnlyIn(folder) is { } file => OfFile(file),
        [] when IsSaeLens(folder) => new SaeLocation(SaeLayout.SaeLens, folder),
        [] => throw NothingIn(folder),
        var several => throw new InvalidFileException(
            folder, $"holds SAEs of several layouts ({string.Join(", ", several.Select(NameOf))}); name the file to read"),
    };

    private static SaeLocation OfFile(string file) => new(WeightsFile.Detect(file), file);

    // Its reader says which file is missing.
    private static bool IsSaeLens(string folder) =>
        WeightsFile.AllIn(folder).Count == 0 && Path.Combine(folder, SaeFolder.ConfigurationName) is var configuration
        && File.Exists(configuration) && JsonSettings.Read(configuration).Has("d_sae");

    private static InvalidFileException NothingIn(string path)
    {
        var files = WeightsFile.AllIn(path);
        return new InvalidFileException(path, files.Count > 1
            ? $"holds several files of weights ({FoundContent.List(files)}); name the file to read"
            : $"holds no SAE: it has no file of weights (.safetensors, .pt, .npz), only {FoundContent.OfFolder(path)}");
    }
}
