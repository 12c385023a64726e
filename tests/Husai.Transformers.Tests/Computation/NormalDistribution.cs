namespace Husai.Transformers.Tests.Computation;

/// <summary>The normal distribution function by its Taylor series, as an independent source for GELU.</summary>
internal static class NormalDistribution
{
    public static double Cumulative(double x)
    {
        // Abramowitz and Stegun 26.2.11: 1/2 + density(x) * (x + x^3/3 + x^5/15 + ...).
        var (term, sum) = (x, x);
        for (var n = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum) && n < 400; n += 2)
        {
            term *= x * x / n;
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
