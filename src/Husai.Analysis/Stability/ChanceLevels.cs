namespace Husai.Analysis;

/// <summary>The chance levels of a similarity.</summary>
/// <param name="Isotropic">Expected score of independent isotropic directions.</param>
/// <param name="IsotropicSe">Its standard error; 0 for a closed form.</param>
/// <param name="CovarianceMatched">Expected score of directions with the covariance of <paramref name="CovarianceSource"/>.</param>
/// <param name="CovarianceMatchedSe">Its standard error.</param>
/// <param name="CovarianceSource"><c>activations</c>, or <c>decoders</c> when no activations were given: then the directions have the second moments of the compared rows.</param>
public sealed record ChanceLevels(
    double Isotropic, double IsotropicSe, double CovarianceMatched, double CovarianceMatchedSe, string CovarianceSource)
{
    /// <summary>Random pairs behind <see cref="Isotropic"/>; 0 for a closed form.</summary>
    public int IsotropicDraws { get; init; }

    /// <summary>Random pairs behind <see cref="CovarianceMatched"/>.</summary>
    public int CovarianceMatchedDraws { get; init; }

    /// <summary>The higher of the two: a verdict compares with this one.</summary>
    public double Strongest => Math.Max(Isotropic, CovarianceMatched);
}
