using System.Text.Json;
using Husai.Analysis.Latents;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Experiments.Latents;

/// <summary>Writes folders that <see cref="LatentFolder"/> reads.</summary>
internal static class LatentFolderWriter
{
    private const string Prefix = "profiles-";
    private const string Extension = ".jsonl";

    /// <summary>Makes sure that a folder to write takes the place of nothing, or of earlier profiles where that is wanted.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="replaces">Whether earlier profiles may be replaced.</param>
    /// <exception cref="InvalidFileException">It would.</exception>
    public static void RequireFree(string folder, bool replaces)
    {
        OutputFolder.RequireNothingElse(folder, LatentIndex.FileName);
        if (!replaces && LatentFolder.IsOne(folder))
        {
            throw new InvalidFileException(
                folder, "holds profiles of latents already; --force replaces them, --output names another folder");
        }
    }

    /// <summary>
    /// Writes the profiles, then the index, which names their file: until it is there, earlier profiles stay what the folder holds.
    /// </summary>
    /// <param name="folder">The folder, whose lock is the caller's.</param>
    /// <param name="index">What was measured; its latents and its file are filled in.</param>
    /// <param name="profiles">The profiles, in order.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static void Write(
        string folder, LatentIndex index, IReadOnlyList<LatentProfile> profiles, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(profiles);

        // The same measurement has the same name, and another measurement another one.
        var identity = JsonSerializer.Serialize(index, LatentJson.Options)
            + string.Join(',', profiles.Select(profile => profile.Latent));
        var name = $"{Prefix}{ContentHash.OfText(identity)[..12]}{Extension}";
        var entries = new List<LatentEntry>(profiles.Count);
        var bytes = 0L;
        AtomicFile.Write(Path.Combine(folder, name), stream =>
        {
            foreach (var profile in profiles)
            {
                cancellation.ThrowIfCancellationRequested();
                var line = JsonSerializer.SerializeToUtf8Bytes(profile, LatentJson.Options);
                stream.Write(line);
                stream.WriteByte((byte)'\n');
                entries.Add(new LatentEntry(
                    profile.Latent, profile.FiringFrequency, profile.MeanActivation, profile.LargestActivation, bytes, line.Length));
                bytes += line.Length + 1;
            }
        });
        AtomicFile.WriteText(
            Path.Combine(folder, LatentIndex.FileName),
            JsonSerializer.Serialize(index with { File = name, Bytes = bytes, Latents = entries }, LatentJson.Options) + "\n");
        foreach (var earlier in Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}").Where(path => Path.GetFileName(path) != name))
        {
            File.Delete(earlier);
        }
    }
}
