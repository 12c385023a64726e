namespace Husai.Reporting.Data;

/// <summary>The activation of one latent on every pair (a, b).</summary>
/// <param name="Seed">Seed of its autoencoder.</param>
/// <param name="Latent">Its index.</param>
/// <param name="Cosine">Cosine to the portrait's first latent (1 for itself).</param>
/// <param name="Size">p: the map is p x p.</param>
/// <param name="Activations">Row-major over a, then b.</param>
public sealed record LatentMap(long Seed, int Latent, double Cosine, int Size, IReadOnlyList<float> Activations);
