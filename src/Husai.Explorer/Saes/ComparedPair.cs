using Husai.Analysis.Similarity;

namespace Husai.Explorer.Saes;

/// <summary>Two SAEs, compared.</summary>
/// <param name="Similarity">Each latent's best match by signed cosine, in both directions.</param>
/// <param name="Correlations">
/// Correlation of the activations of each live latent of the first and of its match; null where the two have no activations in common.
/// </param>
/// <param name="Rows">Rows that the correlations are over.</param>
internal sealed record ComparedPair(PairSimilarity Similarity, double?[]? Correlations, int Rows);
