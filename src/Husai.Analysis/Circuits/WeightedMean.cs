namespace Husai.Analysis.Circuits;

/// <summary>A mean over latents, and the same weighted by their variance.</summary>
/// <param name="Mean">Mean over latents.</param>
/// <param name="Weighted">Mean weighted by variance.</param>
public sealed record WeightedMean(double Mean, double Weighted);
