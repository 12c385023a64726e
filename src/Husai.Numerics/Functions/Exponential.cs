using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Functions;

/// <summary>e^x in lanes: e^x = 2^k e^r with k the integer nearest to x / log 2, and a polynomial for e^r.</summary>
/// <remarks>
/// The coefficients are those of <c>tests/Oracles/transcendental_coefficients.py</c>. Only correctly rounded operations are used,
/// so every tier gives the same bits. The power of two is applied in two factors of which only the second rounds: subnormal
/// results are right, and overflow gives infinity.
/// </remarks>
internal static partial class Exponential
{
    // log 2 in two parts; the first has so few bits that k times it is exact.
    internal const double Log2High = 0.6931471805598903;
    internal const double Log2Low = 5.497923018708371e-14;
    private const double Log2E = 1.4426950408889634;
    private const float SingleLog2High = 0.6931457519531250f;
    private const float SingleLog2Low = 1.4286068203094173e-6f;

    // 1.5 x 2^52 and 1.5 x 2^23: adding one rounds to an integer and leaves it in the lowest bits.
    private const double Shifter = 6755399441055744.0;
    private const float SingleShifter = 12582912f;

    // (e^r - 1 - r) / r^2 for |r| <= log(2) / 2, error 1.3e-19 of e^r.
    private const double P0 = 0.5;
    private const double P1 = 0.16666666666666685;
    private const double P2 = 0.041666666666666526;
    private const double P3 = 0.008333333333315969;
    private const double P4 = 0.0013888888888968043;
    private const double P5 = 0.00019841269898620266;
    private const double P6 = 2.480158715523716e-05;
    private const double P7 = 2.755723290457935e-06;
    private const double P8 = 2.755741634333306e-07;
    private const double P9 = 2.5112639262676136e-08;
    private const double P10 = 2.0872134247087304e-09;

    // The same with an error of 3.7e-9.
    private const float Single0 = 0.49999988f;
    private const float Single1 = 0.16666518f;
    private const float Single2 = 0.041669656f;
    private const float Single3 = 0.008368926f;
    private const float Single4 = 0.0013748087f;

    /// <summary>e^x with an error below 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => ExpOfSum(x, Vector512<double>.Zero);

    /// <summary>e^(x + tail), where the tail is at most an ulp or so of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpOfSum(Vector512<double> x, Vector512<double> tail)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            return Vector512.Create(ExpOfSum(x.GetLower(), tail.GetLower()), ExpOfSum(x.GetUpper(), tail.GetUpper()));
        }

        // Beyond these the result is 0 or infinity anyway; a NaN compares false and stays.
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(710.0)), Vector512.Create(710.0), x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-746.0)), Vector512.Create(-746.0), x);
        var k = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(Shifter)) - Vector512.Create(Shifter);
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Log2High), x);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Log2Low), r) + tail;
        var q = Vector512.Create(P10);
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P9));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P8));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P7));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P6));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P5));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P4));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P3));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P2));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P1));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(P0));
        var power = Vector512.Create(1.0) + Vector512.FusedMultiplyAdd(r * r, q, r);

        // Both factors 2^(k/2), rounded so that they multiply to 2^k.
        var half = Vector512.FusedMultiplyAdd(k, Vector512.Create(0.5), Vector512.Create(Shifter));
        var rest = (k - (half - Vector512.Create(Shifter))) + Vector512.Create(Shifter);
        return power * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    /// <summary>e^x in single precision with an error below 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            return Vector512.Create(Exp(x.GetLower()), Exp(x.GetUpper()));
        }

        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(89f)), Vector512.Create(89f), x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-105f)), Vector512.Create(-105f), x);
        var k = Vector512.FusedMultiplyAdd(x, Vector512.Create((float)Log2E), Vector512.Create(SingleShifter)) - Vector512.Create(
            SingleShifter);
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-SingleLog2High), x);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-SingleLog2Low), r);
        var q = Vector512.Create(Single4);
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(Single3));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(Single2));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(Single1));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(Single0));
        var power = Vector512.Create(1f) + Vector512.FusedMultiplyAdd(r * r, q, r);
        var half = Vector512.FusedMultiplyAdd(k, Vector512.Create(0.5f), Vector512.Create(SingleShifter));
        var rest = (k - (half - Vector512.Create(SingleShifter))) + Vector512.Create(SingleShifter);
        return power * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    // The integer in the lowest bits of a shifted number becomes the exponent; the shifter's own bits fall off the top.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTwo(Vector512<double> shifted) =>
        (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512.Create(1023L << 52)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<float> shifted) =>
        (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512.Create(127 << 23)).AsSingle();
}
