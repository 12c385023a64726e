using Husai.Autoencoders.Activations;
using Husai.Columnar;
using Husai.Formats.Files;
using Husai.Formats.Stores;

namespace Husai.Experiments.Saes;

/// <summary>Opens activations of every kind that commands and studies take.</summary>
internal static class ActivationSources
{
    /// <summary>Opens activations. Tables are read into memory; stores, .npy and .safetensors may be larger than it.</summary>
    /// <param name="path">A store, a table (<see cref="ActivationTable"/>), or what <see cref="StoredActivations"/> takes.</param>
    /// <exception cref="InvalidFileException">It is missing or damaged, or holds no activations.</exception>
    public static StoredActivations Open(string path) => IsTable(path)
        ? StoredActivations.InMemory(path, ActivationTable.Open(path).Read().Select(rows => rows.Values))
        : new StoredActivations(path);

    /// <summary>Whether a path is a table, and no store.</summary>
    public static bool IsTable(string path) => !StoreDescription.IsStore(path) && ActivationTable.IsOne(path);
}
