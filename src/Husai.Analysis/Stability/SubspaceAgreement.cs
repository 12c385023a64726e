namespace Husai.Analysis;

/// <summary>Mean overlap of main subspaces over the pairs of dictionaries.</summary>
/// <param name="Dimension">Dimension of each subspace.</param>
/// <param name="Overlap">Mean squared cosine of the principal angles.</param>
/// <param name="Chance">Dimension over width.</param>
/// <param name="CovarianceMatched">The overlap of covariance-matched dictionaries of the same numbers of latents.</param>
public sealed record SubspaceAgreement(int Dimension, double Overlap, double Chance, double CovarianceMatched);
