namespace Husai.Experiments.Studies.Results;

/// <summary>Latents of a configuration beside their best matches in the other seeds.</summary>
/// <param name="Portraits">The latents.</param>
internal sealed record PortraitResult(IReadOnlyList<LatentPortraitResult> Portraits)
{
    internal const string FileName = "result.json";
}

/// <summary>One latent and its matches.</summary>
/// <param name="Title">Why it is shown.</param>
/// <param name="Maps">The latent first.</param>
public sealed record LatentPortraitResult(string Title, IReadOnlyList<LatentMapResult> Maps);

/// <summary>The activation of a latent on every pair (a, b).</summary>
/// <param name="Seed">Seed of its autoencoder.</param>
/// <param name="Latent">Its index.</param>
/// <param name="Cosine">Cosine to the first latent of the portrait.</param>
/// <param name="Activations">p x p values, row-major over a, then b.</param>
public sealed record LatentMapResult(long Seed, int Latent, double Cosine, IReadOnlyList<float> Activations);
