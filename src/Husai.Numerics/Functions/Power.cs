using System.Runtime.Intrinsics;

namespace Husai.Numerics.Functions;

/// <summary>x^y = e^(y log x), with the logarithm and the product kept in pairs of doubles.</summary>
/// <remarks>The coefficients are those of <c>tests/Oracles/transcendental_coefficients.py</c>.</remarks>
internal static class Power
{
    private const double TwoThirdsHigh = 0.6666666666666666;
    private const double TwoThirdsLow = 3.700743415417188e-17;

    // ((2 atanh(s) - 2 s) / s^3 - 2/3) / s^2 in s^2, error 1e-23 of the logarithm.
    private static ReadOnlySpan<double> Coefficients =>
    [
        0.4, 0.2857142857142709, 0.22222222222620708, 0.18181818124362192, 0.153846203431639,
        0.1333306578988928, 0.11773760303881836, 0.10341324118163481, 0.11567645180930629,
    ];

    /// <summary>x^y with an error below 1 ulp and the special cases of IEEE 754 (pow).</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        if (double.IsInfinity(y))
        {
            var magnitude = Math.Abs(x);
            return magnitude == 1 ? 1 : magnitude > 1 == y > 0 ? double.PositiveInfinity : 0;
        }

        var odd = double.IsOddInteger(y);
        if (x == 0 || double.IsInfinity(x))
        {
            var result = x == 0 == y > 0 ? 0 : double.PositiveInfinity;
            return odd ? Math.CopySign(result, x) : result;
        }

        if (x < 0)
        {
            return !double.IsInteger(y) ? double.NaN : odd ? -OfPositive(-x, y) : OfPositive(-x, y);
        }

        return OfPositive(x, y);
    }

    private static double OfPositive(double x, double y)
    {
        var (high, low) = Log(x);
        var product = y * high;
        if (Math.Abs(product) > 800)
        {
            return product > 0 ? double.PositiveInfinity : 0;
        }

        var rest = Math.FusedMultiplyAdd(y, high, -product) + y * low;
        return Exponential.ExpOfSum(Vector512.Create(product), Vector512.Create(rest)).ToScalar();
    }

    private static (double High, double Low) Log(double x)
    {
        var (mantissa, exponent) = Logarithm.Split(Vector512.Create(x));
        var m = mantissa.ToScalar();
        var k = exponent.ToScalar();

        // s = (m - 1) / (m + 1), with what m + 1 and the quotient round away.
        var f = m - 1;
        var d = m + 1;
        var dLow = m >= 1 ? 1 - (d - m) : m - (d - 1);
        var s = f / d;
        var sLow = (Math.FusedMultiplyAdd(-s, d, f) - s * dLow) / d;

        // log m = 2 s + 2/3 s^3 + s^5 (...).
        var square = s * s;
        var squareLow = Math.FusedMultiplyAdd(s, s, -square) + 2 * s * sLow;
        var cube = s * square;
        var cubeLow = Math.FusedMultiplyAdd(s, square, -cube) + s * squareLow + sLow * square;
        var third = cube * TwoThirdsHigh;
        var thirdLow = Math.FusedMultiplyAdd(cube, TwoThirdsHigh, -third) + cube * TwoThirdsLow + cubeLow * TwoThirdsHigh;
        var p = Coefficients[^1];
        for (var i = Coefficients.Length - 2; i >= 0; i--)
        {
            p = Math.FusedMultiplyAdd(p, square, Coefficients[i]);
        }

        var high = 2 * s + third;
        var low = third - (high - 2 * s) + (cube * square * p + (2 * sLow + thirdLow));

        // Add k log 2, which is 0 or larger than log m.
        var octaves = k * Exponential.Log2High;
        var sum = octaves + high;
        low += high - (sum - octaves) + k * Exponential.Log2Low;
        var result = sum + low;
        return (result, low - (result - sum));
    }
}
