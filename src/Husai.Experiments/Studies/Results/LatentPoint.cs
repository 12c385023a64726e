namespace Husai.Experiments.Studies.Results;

/// <summary>One latent of one seed.</summary>
/// <param name="Seed">Seed of its SAE.</param>
/// <param name="Latent">Its index.</param>
/// <param name="Stability">Mean best-match cosine in the other seeds, in [0, 1].</param>
/// <param name="Circuit">Its agreement with the circuit, in [0, 1].</param>
public sealed record LatentPoint(long Seed, int Latent, double Stability, double Circuit);
