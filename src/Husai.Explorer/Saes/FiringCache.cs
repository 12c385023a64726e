using Husai.Autoencoders.Storage;
using Husai.Experiments.Folders;
using Husai.Formats.Activations;

namespace Husai.Explorer.Saes;

/// <summary>Where the latents of the SAEs looked at last fire on all pairs (a, b) of their task.</summary>
internal sealed class FiringCache(SaeCache saes, SharedWorkers workers)
{
    private const long MostBytes = 96L << 20;
    private readonly RecentValues<(FileStamp Weights, FileStamp Activations), LatentFiring> _firing =
        new(MostBytes, firing => firing.Bytes);

    /// <summary>The codes of an SAE of a study on arithmetic; null for others, or where the activations are gone.</summary>
    public LatentFiring? Read(string folder)
    {
        if (RunSearch.ActivationsOf(folder) is not { } activations)
        {
            return null;
        }

        var latents = saes.Read(folder).Latents;
        var firing = _firing.Get((FileStamp.OfWeights(folder), FileStamp.Of(activations)),
            () => workers.Use(threads => LatentFiring.Of(SaeFolder.Load(folder).Sae, ActivationFile.Read(activations), threads)));
        return firing.Latents == latents && firing.Modulus is not null ? firing : null;
    }
}
