using Husai.Analysis.Statistics.Distributions;

namespace Husai.Analysis.Statistics;

/// <summary>Least squares at given values of the parameters that a law is not linear in.</summary>
/// <param name="Score">The score that it predicts.</param>
/// <param name="Spread">Variance of that prediction over the noise's.</param>
/// <param name="Squares">Sum of squared residuals.</param>
internal readonly record struct ProfiledFit(double Score, double Spread, double Squares)
{
    /// <summary>
    /// The best prediction, and every one that some values of the parameters explain nearly as well, by the F distribution (profile
    /// likelihood: Bates and Watts 1988, section 6.1).
    /// </summary>
    /// <param name="fits">One for each choice of those parameters.</param>
    /// <param name="points">Number of points, above <paramref name="parameters"/>.</param>
    /// <param name="parameters">Number of all parameters.</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    public static Interval Interval(IReadOnlyList<ProfiledFit> fits, int points, int parameters, double confidence)
    {
        var best = fits.MinBy(fit => fit.Squares);
        var freedom = points - parameters;
        var t = StudentQuantile.TwoSided(freedom, confidence);
        var most = best.Squares * (1 + t * t / freedom);
        List<ProfiledFit> possible = [.. fits.Where(fit => fit.Squares <= most)];
        double Reach(ProfiledFit fit) => Math.Sqrt(fit.Spread * (most - fit.Squares));
        return new Interval(
            best.Score, null, possible.Min(fit => fit.Score - Reach(fit)), possible.Max(fit => fit.Score + Reach(fit)), confidence, points);
    }
}
