namespace Husai.Analysis.Functional;

/// <summary>A point of a quality-coverage curve, the mean over pairs of SAEs.</summary>
/// <param name="Coverage">Share of the latents, those with the best matches first.</param>
/// <param name="Quality">Mean substitution R of them.</param>
/// <param name="Negative">The same for hard negatives.</param>
public sealed record CoveragePoint(double Coverage, double Quality, double Negative);
