namespace Husai.Reporting;

/// <summary>Histogram of the best-match cosines between seeds, against the same for random directions.</summary>
/// <param name="BinEdges">Edges of the bins, ascending; one more than there are bins.</param>
/// <param name="Observed">Share of the latents in each bin.</param>
/// <param name="Isotropic">Expected share for isotropic directions, or empty.</param>
/// <param name="CovarianceMatched">Expected share for directions with the covariance of the activations, or empty.</param>
public sealed record CosineDistributionData(
    IReadOnlyList<double> BinEdges, IReadOnlyList<double> Observed, IReadOnlyList<double> Isotropic, IReadOnlyList<double> CovarianceMatched);
