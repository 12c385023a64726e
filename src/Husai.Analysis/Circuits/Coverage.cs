namespace Husai.Analysis.Circuits;

/// <summary>Which planes of the circuit have latents of their own.</summary>
/// <param name="Share">Share of the planes that are covered.</param>
/// <param name="Planes">Each plane.</param>
public sealed record Coverage(double Share, IReadOnlyList<PlaneCoverage> Planes);
