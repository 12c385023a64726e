using Husai.Numerics.Functions;

namespace Husai.Analysis.Statistics.Distributions;

/// <summary>The regularised incomplete beta function, from functions with the same bits on every machine.</summary>
internal static class IncompleteBeta
{
    private const double Tiny = 1e-300;

    /// <summary>I(x; a, b), the distribution function of a beta variable.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">In [0, 1].</param>
    public static double Regularised(double a, double b, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(x, 1);
        if (x is 0 or 1)
        {
            return x;
        }

        var front = Transcendental.Exp(
            LogGamma.Of(a + b) - LogGamma.Of(a) - LogGamma.Of(b) + a * Transcendental.Log(x) + b * Transcendental.Log1p(-x));

        // The fraction converges fast below the mean; above it the other tail is taken.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    /// <summary>The x with I(x; a, b) = p, by halving until no number lies between the ends.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="p">In [0, 1].</param>
    public static double Quantile(double a, double b, double p)
    {
        double low = 0, high = 1;
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
            {
                return middle;
            }

            (low, high) = Regularised(a, b, middle) < p ? (middle, high) : (low, middle);
        }
    }

    // The continued fraction of Abramowitz and Stegun 26.5.8 by Lentz's method.
    private static double Fraction(double a, double b, double x)
    {
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), result = d;
        for (var m = 1; ; m++)
        {
            Advance(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            var change = Advance(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));

            // The factors come to within rounding of 1; a bound keeps NaN from turning for ever.
            if (!(Math.Abs(change - 1) > 4e-16) || m >= 100_000)
            {
                return result;
            }
        }

        double Advance(double numerator)
        {
            d = 1 / NotZero(1 + numerator * d);
            c = NotZero(1 + numerator / c);
            result *= c * d;
            return c * d;
        }
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
