using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Torch;

namespace Husai.Autoencoders.Interop;

/// <summary>Tells the layout of a file of weights by the tensors in it and the configuration beside it.</summary>
internal static class WeightsFile
{
    private static readonly string[] TorchExtensions = [".pt", ".pth", ".bin"];
    private static readonly string[] Extensions = [".safetensors", ".npz", .. TorchExtensions];

    // What SAELens and trainings write beside the weights.
    private static readonly string[] NotWeights =
    [
        SaeFolder.SparsityName, "resume.safetensors", "trainer_state.safetensors", "activations_store_state.safetensors",
        "trainer_state.pt",
    ];

    /// <summary>Names of the files of weights in a folder, in order.</summary>
    public static IReadOnlyList<string> AllIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
            .Where(name => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) && !NotWeights.Contains(name))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The only file of weights in a folder; null if there is none or another.</summary>
    public static string? OnlyIn(string folder) => AllIn(folder) is [var only] ? Path.Combine(folder, only) : null;

    /// <summary>The layout of a file.</summary>
    /// <exception cref="InvalidFileException">It cannot be read, or is of no known layout; the message names what it holds.</exception>
    public static SaeLayout Detect(string path)
    {
        var names = Names(path);
        var found = IsTorch(path) ? InCheckpoint(path, names) : IsArchive(path) ? InArchive(names) : InSafetensors(path, names);
        return found ?? throw Unknown(path, names);
    }

    private static SaeLayout? InCheckpoint(string path, IReadOnlyCollection<string> names)
    {
        var trained = Settings(ImportPath.ConfigurationOf(path, DictionaryLearningReader.ConfigurationName));
        return trained?.Has("trainer") == true ? SaeLayout.DictionaryLearning
            : names.Contains("pre_bias") && names.Contains("latent_bias") ? SaeLayout.OpenAi
            : PlainStateDictReader.Claims(names, Settings(PlainStateDictReader.ConfigurationOf(path))) ? SaeLayout.PlainStateDict
            : OfLanguageModelSaes(path, names);
    }

    private static SaeLayout? InArchive(IReadOnlyCollection<string> names) =>
        (names.Contains("W_enc") && names.Contains("W_dec")) || (names.Contains("w_enc") && names.Contains("w_dec"))
            ? SaeLayout.GemmaScope
            : null;

    private static SaeLayout? InSafetensors(string path, IReadOnlyCollection<string> names) =>
        OfLanguageModelSaes(path, names)
            ?? (names.Contains("w_enc") && names.Contains("w_dec") ? SaeLayout.GemmaScope2
            : names.Contains("encoder.weight") && names.Contains("W_dec") ? SaeLayout.Sparsify
            : names.Contains("W_dec") && Path.GetFileName(path) == SaeFolder.WeightsName ? SaeLayout.SaeLens
            : null);

    private static SaeLayout? OfLanguageModelSaes(string path, IReadOnlyCollection<string> names) =>
        LanguageModelSaesReader.Claims(names, Settings(LanguageModelSaesReader.ConfigurationOf(path))) ? SaeLayout.LanguageModelSaes : null;

    private static bool IsArchive(string path) => Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase);

    private static bool IsTorch(string path) => TorchExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyCollection<string> Names(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".SAFETENSORS" => SafetensorsFile.ReadNames(path),
        ".NPZ" => NumpyArchive.ReadNames(path),
        _ when IsTorch(path) => TorchFile.ReadNames(path),
        _ => throw new InvalidFileException(
            path, "does not have the name of a file of SAE weights (.safetensors, .pt, .npz); give the folder, or name the layout with "
                + "--from"),
    };

    private static JsonSettings? Settings(string? path) => path is null ? null : JsonSettings.Read(path);

    private static InvalidFileException Unknown(string path, IReadOnlyCollection<string> names)
    {
        var held = names.Count == 0 ? "nothing" : FoundContent.List(names);
        return new(path, $"is of no layout that is known: it holds {held}; its folder holds {FoundContent.OfConfigurations(path)}");
    }
}
