namespace Husai.Analysis.Circuits;

/// <summary>One latent against the circuit.</summary>
/// <param name="Latent">Its index.</param>
/// <param name="Function">What its activations show.</param>
/// <param name="Plane">Index of its best plane; null without planes.</param>
/// <param name="Energy">Its decoder row's energy there.</param>
/// <param name="Phase">Its angle there.</param>
/// <param name="VarianceShare">Its variance times its decoder row's squared norm, as a share of the sum over latents.</param>
public sealed record LatentRecovery(int Latent, LatentFunction Function, int? Plane, double? Energy, double? Phase, double VarianceShare);
