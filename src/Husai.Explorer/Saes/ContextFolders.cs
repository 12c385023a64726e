using Husai.Experiments.Latents;
using Husai.Formats.Tensors;

namespace Husai.Explorer.Saes;

/// <summary>Where profiles of the latents of an SAE lie: in its own folder, as <c>husai latents</c> writes them, or in the cache.</summary>
/// <param name="cache">The explorer's own folder, which need not be there; null for none.</param>
internal sealed class ContextFolders(string? cache)
{
    /// <summary>The folder with the profiles; null where there are none.</summary>
    public string? Find(string sae)
    {
        var own = Path.Combine(sae, LatentFolder.UsualName);
        return LatentFolder.IsOne(own) ? own
            : CacheOf(sae) is { } cached && LatentFolder.IsOne(cached) ? cached
            : null;
    }

    /// <summary>The folder of the cache for the weights that an SAE has now; null where there is no cache.</summary>
    public string? CacheOf(string sae)
    {
        var stamp = FileStamp.OfWeights(sae);
        return cache is null ? null : Path.Combine(
            cache, ContentHash.OfText(FormattableString.Invariant($"{stamp.Path}\n{stamp.Length}\n{stamp.Written.Ticks}"))[..24]);
    }
}
