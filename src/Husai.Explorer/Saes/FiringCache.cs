using Husai.Autoencoders.Storage;
using Husai.Experiments.Latents;
using Husai.Explorer.Runs;

namespace Husai.Explorer.Saes;

/// <summary>Where the latents of the SAEs looked at last fire on the activations of their study.</summary>
internal sealed class FiringCache(FolderTree tree, SaeCache saes, SharedWorkers workers)
{
    /// <summary>Of more rows than that, a sample is looked at.</summary>
    public const int SampledRows = 8192;

    // All pairs (a, b) below 362.
    private const int MostPairs = 1 << 17;
    private const long MostBytes = 96L << 20;

    private readonly RecentValues<(FileStamp Weights, FileStamp Activations, int MostRows), LatentFiring> _firing =
        new(MostBytes, firing => firing.Bytes);

    /// <summary>
    /// The codes of an SAE of a study on arithmetic for all pairs (a, b), with the modulus of its task; null for others, or where the
    /// activations are gone.
    /// </summary>
    public (LatentFiring Firing, int Modulus)? OnAllPairs(string folder)
    {
        if (SaePlace.ActivationsOf(tree, folder) is not { } path)
        {
            return null;
        }

        using var activations = ProfiledActivations.Open(path);
        return ArithmeticRows.Of(path, activations.Rows.Rows) is { Positions: 1 } pairs && activations.Rows.Rows <= MostPairs
            && Read(folder, path, MostPairs) is { } firing
                ? (firing, pairs.Modulus)
                : null;
    }

    /// <summary>By which it is seen that an SAE's activations were written again; null where they are not known.</summary>
    public FileStamp? StampFor(string folder) =>
        SaePlace.ActivationsOf(tree, folder) is { } path ? FileStamp.OfActivations(path) : null;

    /// <summary>The codes of two SAEs on the same rows of their study's activations, or on a sample of them; null for others.</summary>
    public (LatentFiring First, LatentFiring Second)? OnSameRows(string first, string second) =>
        SaePlace.ActivationsOf(tree, first) is { } path && SaePlace.ActivationsOf(tree, second) == path
        && Read(first, path, SampledRows) is { } one && Read(second, path, SampledRows) is { } other && one.Rows == other.Rows
            ? (one, other)
            : null;

    private LatentFiring? Read(string folder, string path, int mostRows)
    {
        var latents = saes.Read(folder).Latents;
        var firing = _firing.Get((FileStamp.OfWeights(folder), FileStamp.OfActivations(path), mostRows), () => workers.Use(threads =>
        {
            using var activations = ProfiledActivations.Open(path);
            return LatentFiring.Of(SaeFolder.Load(folder).Sae, activations.Rows, mostRows, threads);
        }));
        return firing.Latents == latents ? firing : null;
    }
}
