namespace Husai.Numerics.Functions;

/// <summary>Sine and cosine: the angle less the nearest multiple of pi/2 in a pair of doubles, and a polynomial for the rest.</summary>
/// <remarks>
/// The coefficients are those of <c>tests/Oracles/transcendental_coefficients.py</c>; only correctly rounded operations are used.
/// </remarks>
internal static class Trigonometry
{
    /// <summary>sin x and cos x, each with an error below 1 ulp; NaN for NaN and infinities.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        if (!double.IsFinite(x))
        {
            return (double.NaN, double.NaN);
        }

        if (x == 0)
        {
            return (x, 1);
        }

        var (quadrant, r, low) = AngleReduction.Reduce(x);
        var sin = Sin(r, low);
        var cos = Cos(r, low);
        return quadrant switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    // sin(r + low) for |r| <= pi/4.
    private static double Sin(double r, double low)
    {
        var z = r * r;
        var p = -7.479771879495311e-13;
        p = Math.FusedMultiplyAdd(p, z, 1.6056145309814024e-10);
        p = Math.FusedMultiplyAdd(p, z, -2.5052085158079624e-08);
        p = Math.FusedMultiplyAdd(p, z, 2.7557319126230735e-06);
        p = Math.FusedMultiplyAdd(p, z, -0.00019841269841051754);
        p = Math.FusedMultiplyAdd(p, z, 0.008333333333333097);
        p = Math.FusedMultiplyAdd(p, z, -0.16666666666666666);
        return r + Math.FusedMultiplyAdd(z * r, p, low * (1 - 0.5 * z));
    }

    // cos(r + low) for |r| <= pi/4.
    private static double Cos(double r, double low)
    {
        var z = r * r;
        var p = 4.6337696501336346e-14;
        p = Math.FusedMultiplyAdd(p, z, -1.1467760497454584e-11);
        p = Math.FusedMultiplyAdd(p, z, 2.087672963585986e-09);
        p = Math.FusedMultiplyAdd(p, z, -2.7557319091907707e-07);
        p = Math.FusedMultiplyAdd(p, z, 2.480158730124205e-05);
        p = Math.FusedMultiplyAdd(p, z, -0.0013888888888888434);
        p = Math.FusedMultiplyAdd(p, z, 0.041666666666666664);
        var half = 0.5 * z;
        var head = 1 - half;
        return head + (1 - head - half + Math.FusedMultiplyAdd(z * z, p, -(r * low)));
    }
}
