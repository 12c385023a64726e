using Husai.Numerics.Functions;

namespace Husai.Analysis.Statistics.Distributions;

/// <summary>The logarithm of the gamma function: Stirling's series, after a shift to where it is exact to the last digits.</summary>
internal static class LogGamma
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double SmallestArgument = 10;

    // B(2k) / (2k (2k - 1)), k = 1 .. 8: the next term is below 1e-17 at 10.
    private static readonly double[] Coefficients =
    [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400,
    ];

    /// <summary>ln Γ(x) for x &gt; 0.</summary>
    public static double Of(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        var product = 1.0;
        for (; x < SmallestArgument; x++)
        {
            product *= x;
        }

        var square = 1 / (x * x);
        var series = 0.0;
        for (var term = Coefficients.Length - 1; term >= 0; term--)
        {
            series = series * square + Coefficients[term];
        }

        return (x - 0.5) * Transcendental.Log(x) - x + HalfLogTwoPi + series / x - Transcendental.Log(product);
    }
}
