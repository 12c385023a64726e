namespace Husai.Experiments.Studies.Results;

/// <summary>The activation of a latent on every pair (a, b).</summary>
/// <param name="Seed">Seed of its SAE.</param>
/// <param name="Latent">Its index.</param>
/// <param name="Cosine">Cosine to the first latent of the portrait (1 for itself).</param>
/// <param name="Activations">p x p values, row-major over a, then b.</param>
public sealed record LatentMap(long Seed, int Latent, double Cosine, IReadOnlyList<float> Activations)
{
    /// <summary>p: the map is p x p.</summary>
    public int Size() => (int)Math.Round(Math.Sqrt(Activations.Count));
}
