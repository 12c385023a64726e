using Husai.Analysis.Similarity;

namespace Husai.Analysis.Chance;

/// <summary>Expected largest of the cosines between one direction and <c>n</c> others, all independent and isotropic.</summary>
internal static class IsotropicMaximum
{
    private const int Intervals = 4096;

    /// <summary>E max |cos| = ∫ over [0, 1] of 1 - F(t)^n, with F the distribution of |cos|.</summary>
    /// <param name="width">Dimension of the space, at least 2.</param>
    /// <param name="candidates">Number n of the other directions, at least 1.</param>
    public static double Absolute(int width, int candidates) =>
        Integrate(width, candidates, below => 1 - Power(below, candidates));

    /// <summary>E max cos = 1 - ∫ over [-1, 1] of G(t)^n, with G(t) = 1/2 + sgn(t) F(|t|) / 2.</summary>
    /// <param name="width">Dimension of the space, at least 2.</param>
    /// <param name="candidates">Number n of the other directions, at least 1.</param>
    public static double Signed(int width, int candidates) =>
        1 - Integrate(width, candidates, below => Power((1 + below) / 2, candidates) + Power((1 - below) / 2, candidates));

    /// <summary>Probability that the largest cosine, or absolute cosine, is at most t: the n-th power of that of a single one.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="width">Dimension of the space, at least 2.</param>
    /// <param name="candidates">Number n of the other directions, at least 1.</param>
    /// <param name="cosine">Signed or absolute.</param>
    public static double Below(double t, int width, int candidates, CosineMeasure cosine)
    {
        var tail = CosineDistribution.AbsoluteAbove(Math.Min(Math.Abs(t), 1), width);
        return cosine == CosineMeasure.Absolute
            ? t < 0 ? 0 : Power(1 - tail, candidates)
            : Power(t < 0 ? tail / 2 : 1 - tail / 2, candidates);
    }

    /// <summary>
    /// Simpson's rule after t = s (2 - s), which makes the square root at t = 1 in low dimensions smooth. The error is far below 1e-6.
    /// </summary>
    private static double Integrate(int width, int candidates, Func<double, double> integrand)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        double sum = 0;
        for (var i = 0; i < Intervals; i++)
        {
            var s = i / (double)Intervals;
            var weight = i == 0 ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * 2 * (1 - s) * integrand(CosineDistribution.AbsoluteBelow(s * (2 - s), width));
        }

        // The last point has weight 1 - s = 0.
        return sum / (3 * Intervals);
    }

    private static double Power(double value, int exponent)
    {
        var result = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            result *= (exponent & 1) == 1 ? value : 1;
            value *= value;
        }

        return result;
    }
}
