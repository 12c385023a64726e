namespace Husai.Numerics.Functions;

/// <summary>The angle of a point: a rough quotient of polynomials, put right by the sine of what it misses.</summary>
/// <remarks>Only correctly rounded operations and <see cref="Trigonometry"/> are used, so the bits are the same on every machine.</remarks>
internal static class Arctangent
{
    private const double HalfPiLow = 6.123233995736766e-17;

    /// <summary>The angle of (x, y) in [-pi, pi], with the special cases of IEEE 754 (atan2) and an error of at most 2 ulp.</summary>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        double width = Math.Abs(x), height = Math.Abs(y);
        var isLeft = double.IsNegative(x);
        double angle;
        if (height <= width)
        {
            angle = OfRatio(Ratio(height, width));
            angle = isLeft ? Math.PI - angle + 2 * HalfPiLow : angle;
        }
        else
        {
            var fromAxis = OfRatio(Ratio(width, height));
            angle = (isLeft ? Math.PI / 2 + fromAxis : Math.PI / 2 - fromAxis) + HalfPiLow;
        }

        return Math.CopySign(angle, y);
    }

    // Two infinities point along the diagonal; two zeros along the axis.
    private static double Ratio(double smaller, double larger) =>
        double.IsInfinity(smaller) ? 1 : larger == 0 ? 0 : smaller / larger;

    // For a ratio in [0, 1]: the estimate is right to 0.004, and asin(e) = e + e³/6 + 3e⁵/40 + 5e⁷/112 of what is left to 1e-22.
    private static double OfRatio(double ratio)
    {
        if (ratio == 1)
        {
            return Math.PI / 4;
        }

        var estimate = ratio * (Math.PI / 4 + 0.273 * (1 - ratio));
        var (sine, cosine) = Trigonometry.SinCos(estimate);
        var rest = Math.FusedMultiplyAdd(ratio, cosine, -sine) / Math.Sqrt(1 + ratio * ratio);
        var square = rest * rest;
        return estimate + (rest + rest * square * (1.0 / 6 + square * (3.0 / 40 + square * (5.0 / 112))));
    }
}
