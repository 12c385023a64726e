namespace Husai.Analysis.Stability;

/// <summary>Shares of the latents by their best-match cosine, of the seeds and of what chance gives; each sums to 1 or is empty.</summary>
/// <param name="Edges">Edges of the bins, ascending: 0 to 1 in steps of .02 for absolute cosines, -1 to 1 for signed ones.</param>
/// <param name="Observed">Of both sides of all pairs.</param>
/// <param name="SameShape">Of the first random set of the same shape.</param>
/// <param name="Turned">Of the dictionaries turned once within the activations' principal directions; empty where that was not
/// measured.</param>
/// <param name="Isotropic">Of independent isotropic directions, in closed form.</param>
public sealed record BestMatchHistogram(
    IReadOnlyList<double> Edges, IReadOnlyList<double> Observed, IReadOnlyList<double> SameShape, IReadOnlyList<double> Turned,
    IReadOnlyList<double> Isotropic);
