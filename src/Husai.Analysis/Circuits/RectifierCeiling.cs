using Husai.Numerics.Functions;

namespace Husai.Analysis.Circuits;

/// <summary>The best that a non-negative latent can do: max(0, cos t - cos(pi D)) has its power in harmonics too.</summary>
internal static class RectifierCeiling
{
    /// <summary>Share of the power about the mean that the fundamental of a rectified cosine holds.</summary>
    /// <param name="duty">Share D of the period on which it is above zero, in [0, 1].</param>
    public static double At(double duty)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(duty);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duty, 1);
        if (duty == 0)
        {
            return 0;
        }

        var (sine, cosine) = Transcendental.SinCos(Math.PI * duty);
        var half = Math.PI * duty;
        // Fourier coefficients of the pulse of half width pi D, by integration.
        var mean = (sine - half * cosine) / Math.PI;
        var fundamental = (half - sine * cosine) / Math.PI;
        var meanSquare = (half / 2 - 1.5 * sine * cosine + half * cosine * cosine) / Math.PI;
        return fundamental * fundamental / 2 / (meanSquare - mean * mean);
    }
}
