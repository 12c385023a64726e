using System.Globalization;
using System.Numerics;

namespace Husai.Numerics.Functions;

/// <summary>x = n pi/2 + r with |r| at most about pi/4, r to more than 100 bits.</summary>
internal static class AngleReduction
{
    // pi/2 in parts of 33 bits, so that n times a part is exact for n below 2^20, and a last one of 53.
    private const double Part1 = 1.5707963267341256;
    private const double Part2 = 6.077100506303966e-11;
    private const double Part3 = 2.0222662487111665e-21;
    private const double Part4 = 8.4784276603689e-32;
    private const double TwoOverPi = 0.6366197723675814;
    private const double LargestInParts = 1 << 20;
    private const double HalfPiHigh = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;
    private const int Digits = 1280;

    // 2/pi times 2^1280: as many bits as the largest double needs.
    private static readonly BigInteger BigTwoOverPi = BigInteger.Parse(
        "0a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484"
        + "e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b"
        + "3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    /// <summary>n modulo 4, and r as an unevaluated sum.</summary>
    public static (int Quadrant, double R, double Low) Reduce(double x) =>
        Math.Abs(x) <= LargestInParts ? InParts(x) : Exactly(x);

    private static (int Quadrant, double R, double Low) InParts(double x)
    {
        var n = Math.Round(x * TwoOverPi);
        var r0 = Math.FusedMultiplyAdd(-n, Part1, x);
        var (r1, error1) = Difference(r0, n * Part2);
        var (r2, error2) = Difference(r1, n * Part3);
        var low = error1 + error2 - n * Part4;
        var r = r2 + low;
        return ((int)n & 3, r, r2 - r + low);
    }

    // The difference and what its rounding lost (Knuth's two-sum).
    private static (double Value, double Error) Difference(double a, double b)
    {
        var value = a - b;
        var part = value - a;
        return (value, a - (value - part) - (b + part));
    }

    // Payne and Hanek 1983: all the digits of 2/pi that matter, here with integers of any size.
    private static (int Quadrant, double R, double Low) Exactly(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)((bits >> 52) & 0x7FF) - 1075;
        var mantissa = (bits & 0x000FFFFFFFFFFFFF) | 0x0010000000000000;
        var fractionBits = Digits - exponent;
        var product = BigTwoOverPi * mantissa;
        var n = (product + (BigInteger.One << (fractionBits - 1))) >> fractionBits;
        var fraction = product - (n << fractionBits);
        if (x < 0)
        {
            n = -n;
            fraction = -fraction;
        }

        // The fraction's first 106 bits, as a sum of two doubles.
        var drop = Math.Max(0, (int)BigInteger.Abs(fraction).GetBitLength() - 106);
        var leading = fraction >> drop;
        var high = (double)(leading >> 53);
        var low = (double)(leading - ((leading >> 53) << 53));
        high = Math.ScaleB(high, 53 + drop - fractionBits);
        low = Math.ScaleB(low, drop - fractionBits);

        var r = high * HalfPiHigh;
        var rest = Math.FusedMultiplyAdd(high, HalfPiHigh, -r) + (high * HalfPiLow + low * HalfPiHigh);
        var sum = r + rest;
        return ((int)(n & 3), sum, r - sum + rest);
    }
}
