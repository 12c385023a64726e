using Husai.Analysis;

namespace Husai.Experiments.Studies;

/// <summary>One similarity between the seeds of a configuration.</summary>
/// <param name="Name">The similarity in full.</param>
/// <param name="Matrix">Each seed against each; the diagonal is 1.</param>
/// <param name="Value">Mean over the pairs, with the interval over seeds.</param>
/// <param name="IsotropicChance">Level of isotropic directions, as many as latents are alive.</param>
/// <param name="CovarianceChance">Level of directions with the covariance of the activations.</param>
public sealed record SimilarityResult(
    string Name, IReadOnlyList<IReadOnlyList<double>> Matrix, Interval Value, ChanceLevel IsotropicChance, ChanceLevel CovarianceChance);
