namespace Husai.Analysis.Circuits;

/// <summary>Recovery of one plane.</summary>
/// <param name="Plane">Its name.</param>
/// <param name="Frequency">Its frequency.</param>
/// <param name="VarianceShare">Its share of the activations' variance.</param>
/// <param name="Covered">Whether a latent of class single frequency with this frequency has more energy here than 99% of covariance-matched
/// directions.</param>
/// <param name="Latents">Number of such latents.</param>
/// <param name="FullPhase">Whether their phases surround the origin: at least three, with no gap of 180 degrees or more. Then non-negative
/// latents can express every point of the plane.</param>
/// <param name="Subspace">Mean squared principal cosine of the plane and the two main directions of the latents whose best plane it is;
/// null with fewer than two.</param>
public sealed record PlaneCoverage(
    string Plane, int Frequency, double VarianceShare, bool Covered, int Latents, bool FullPhase, double? Subspace);
