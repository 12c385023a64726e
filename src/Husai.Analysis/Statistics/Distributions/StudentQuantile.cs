namespace Husai.Analysis.Statistics.Distributions;

/// <summary>Quantiles of Student's t.</summary>
internal static class StudentQuantile
{
    /// <summary>The t above which half of (1 - confidence) lies.</summary>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static double TwoSided(double freedom, double confidence)
    {
        // P(|T| > t) = I(ν / (ν + t²); ν / 2, 1 / 2).
        var x = IncompleteBeta.Quantile(freedom / 2, 0.5, 1 - confidence);
        return Math.Sqrt(freedom * (1 - x) / x);
    }
}
