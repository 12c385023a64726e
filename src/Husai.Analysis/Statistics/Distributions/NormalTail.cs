using Husai.Numerics.Functions;

namespace Husai.Analysis.Statistics.Distributions;

/// <summary>Tails of the normal distribution, without the loss of digits of one minus the other.</summary>
internal static class NormalTail
{
    // From here on the continued fraction converges in some dozens of steps.
    private const double FractionFrom = 2;
    private const int Steps = 200;
    private const double RootPi = 1.7724538509055160273;

    /// <summary>P(Z &gt; z).</summary>
    public static double Above(double z)
    {
        var x = z / Math.Sqrt(2);
        if (x < FractionFrom)
        {
            return (1 - Transcendental.Erf(x)) / 2;
        }

        // erfc x = e^(-x²) / sqrt(pi) · 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))), from the innermost step outwards.
        var fraction = x;
        for (var step = Steps; step > 0; step--)
        {
            fraction = x + step / 2.0 / fraction;
        }

        return Transcendental.Exp(-x * x) / (RootPi * fraction) / 2;
    }
}
