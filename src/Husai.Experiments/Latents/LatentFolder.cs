using System.Text.Json;
using Husai.Analysis.Latents;
using Husai.Formats.Files;

namespace Husai.Experiments.Latents;

/// <summary>
/// A folder with what the latents of an SAE fire on: <see cref="LatentIndex"/>, and a file with a line for each latent, of which one is
/// read without the others.
/// </summary>
internal sealed class LatentFolder
{
    /// <summary>The name of the folder within that of an SAE.</summary>
    public const string UsualName = "latents";

    private readonly string _folder;
    private readonly Dictionary<int, LatentEntry> _entries;

    private LatentFolder(string folder, LatentIndex index)
    {
        (_folder, Index) = (folder, index);
        _entries = index.Latents.ToDictionary(entry => entry.Latent);
    }

    /// <summary>What was measured.</summary>
    public LatentIndex Index { get; }

    /// <summary>Whether a path is a folder of latent profiles.</summary>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, LatentIndex.FileName));

    /// <summary>Opens a folder; the profiles themselves are read when they are asked for.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidFileException">It is none, damaged, or of another version.</exception>
    public static LatentFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, LatentIndex.FileName);
        try
        {
            var index = JsonSerializer.Deserialize<LatentIndex>(
                TextFile.Read(path, TextFile.LongestResult, "an index of latents"), LatentJson.Options);
            return index switch
            {
                null or not { Format: LatentIndex.FormatName } => throw new InvalidFileException(path, "is no index of latents"),
                { Version: not LatentIndex.CurrentVersion } => throw new InvalidFileException(
                    path, $"is of version {index.Version}; version {LatentIndex.CurrentVersion} can be read"),
                _ when !IsConsistent(index) => throw new InvalidFileException(path, "contradicts itself"),
                _ => new LatentFolder(folder, index),
            };
        }
        catch (JsonException error)
        {
            throw new InvalidFileException(path, $"is damaged: {error.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}", error);
        }
    }

    /// <summary>Reads the profile of one latent.</summary>
    /// <param name="latent">The latent.</param>
    /// <returns>The profile; null where the folder has none of this latent.</returns>
    /// <exception cref="InvalidFileException">The file of the profiles is missing or damaged.</exception>
    public LatentProfile? Read(int latent)
    {
        if (!_entries.TryGetValue(latent, out var entry))
        {
            return null;
        }

        var path = Path.Combine(_folder, Index.File!);
        using var stream = InputFile.Open(path);
        if (stream.Length != Index.Bytes)
        {
            throw new InvalidFileException(path, $"has {stream.Length} bytes where {Index.Bytes} are due");
        }

        stream.Position = entry.Start;
        try
        {
            return JsonSerializer.Deserialize<LatentProfile>(InputFile.ReadBytes(stream, path, entry.Length), LatentJson.Options)
                is { } profile && profile.Latent == latent ? profile
                : throw new InvalidFileException(path, $"holds another latent where {latent} is due");
        }
        catch (JsonException error)
        {
            throw new InvalidFileException(path, $"is damaged where latent {latent} is due", error);
        }
    }

    // A name with a path would read files elsewhere.
    private static bool IsConsistent(LatentIndex index) =>
        index.File is { } file && file == Path.GetFileName(file)
            && index.Latents.DistinctBy(entry => entry.Latent).Count() == index.Latents.Count
            && index.Latents.All(entry => entry.Start >= 0 && entry.Length > 0 && entry.Start <= index.Bytes - entry.Length);
}
