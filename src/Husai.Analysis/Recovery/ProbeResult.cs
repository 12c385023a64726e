namespace Husai.Analysis;

/// <summary>R² of sparse probes of the planes' waves.</summary>
/// <param name="Latents">Numbers of latents.</param>
/// <param name="Mean">For each of them the mean over the planes.</param>
/// <param name="Planes">For each plane and number of latents.</param>
public sealed record ProbeResult(IReadOnlyList<int> Latents, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<double>> Planes);
