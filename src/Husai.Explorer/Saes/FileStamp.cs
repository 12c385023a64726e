using Husai.Formats.Stores;

namespace Husai.Explorer.Saes;

/// <summary>By which it is seen that a file was written again: its length and when that was.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">Its length in bytes; -1 where it is gone.</param>
/// <param name="Written">When it was written, UTC.</param>
internal readonly record struct FileStamp(string Path, long Length, DateTime Written)
{
    /// <summary>The stamp of an SAE's weights.</summary>
    public static FileStamp OfWeights(string folder) => Of(System.IO.Path.Combine(folder, "sae_weights.safetensors"));

    /// <summary>The stamp of activations: of the file, or of a store's description.</summary>
    public static FileStamp OfActivations(string path) =>
        Of(Directory.Exists(path) ? System.IO.Path.Combine(path, StoreDescription.FileName) : path);

    /// <summary>The stamp of a transformer's weights.</summary>
    public static FileStamp OfTransformer(string folder) => Of(System.IO.Path.Combine(folder, "model.safetensors"));

    public static FileStamp Of(string path) => new FileInfo(path) is { Exists: true } file
        ? new FileStamp(path, file.Length, file.LastWriteTimeUtc)
        : new FileStamp(path, -1, default);
}
