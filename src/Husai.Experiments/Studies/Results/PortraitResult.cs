namespace Husai.Experiments.Studies.Results;

/// <summary>Latents of a configuration and their best matches in the other seeds.</summary>
/// <param name="Portraits">The latents.</param>
internal sealed record PortraitResult(IReadOnlyList<LatentPortraitResult> Portraits)
{
    internal const string FileName = "result.json";
}

/// <summary>One latent and its matches.</summary>
/// <param name="Title">Why it is shown.</param>
/// <param name="Maps">The latent first.</param>
public sealed record LatentPortraitResult(string Title, IReadOnlyList<LatentMap> Maps);
