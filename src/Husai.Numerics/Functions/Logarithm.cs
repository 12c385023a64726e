using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Functions;

/// <summary>
/// Natural logarithms in lanes: x = 2^k m with m in [sqrt(1/2), sqrt(2)), and log m = log(1 + f) from s = f / (2 + f), in which
/// log(1 + f) = 2 atanh(s) is odd.
/// </summary>
/// <remarks>
/// The coefficients are those of <c>tests/Oracles/transcendental_coefficients.py</c>; only correctly rounded operations are used.
/// </remarks>
internal static class Logarithm
{
    // Upper half of sqrt(1/2) and its distance to 1, as bits: moves the start of an octave to sqrt(1/2).
    private const long RootHalf = 0x3FE6A09E00000000;
    private const long RootHalfToOne = 0x3FF0000000000000 - RootHalf;
    private const long MantissaMask = 0x000FFFFFFFFFFFFF;

    // 2^52 as bits, and 2^52 plus the exponent's bias.
    private const long IntegerBits = 0x4330000000000000;
    private const double IntegerOffset = 4503599627370496.0 + 1023;

    /// <summary>log x with an error below 1 ulp; NaN below 0, minus infinity at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        var (m, k) = Split(x);
        var result = OfOnePlus(m - Vector512.Create(1.0), k, Vector512<double>.Zero);
        return Special(result, x, x);
    }

    /// <summary>log(1 + x) with an error below 1 ulp; NaN below -1, minus infinity at -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log1p(Vector512<double> x)
    {
        var one = Vector512.Create(1.0);
        var u = one + x;

        // What the addition rounded away, relative to u.
        var lost = Vector512.ConditionalSelect(Vector512.GreaterThan(x, one), one - (u - x), x - (u - one)) / u;
        var (m, k) = Split(u);

        // Without a power of two, x itself is the exact f.
        var exact = Vector512.Equals(k, Vector512<double>.Zero);
        var f = Vector512.ConditionalSelect(exact, x, m - one);
        lost = Vector512.ConditionalSelect(exact, Vector512<double>.Zero, lost);
        var result = Special(OfOnePlus(f, k, lost), u, x);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), x, result);
    }

    /// <summary>x = 2^k m with m in about [sqrt(1/2), sqrt(2)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> M, Vector512<double> K) Split(Vector512<double> x)
    {
        // Subnormal numbers have no leading one: 2^54 brings it back.
        var subnormal = Vector512.LessThan(x, Vector512.Create(2.2250738585072014e-308));
        x = Vector512.ConditionalSelect(subnormal, x * Vector512.Create(18014398509481984.0), x);
        var shifted = x.AsInt64() + Vector512.Create(RootHalfToOne);
        var k = (Vector512.ShiftRightLogical(shifted, 52) | Vector512.Create(IntegerBits)).AsDouble() - Vector512.Create(IntegerOffset);
        k = Vector512.ConditionalSelect(subnormal, k - Vector512.Create(54.0), k);
        var m = ((shifted & Vector512.Create(MantissaMask)) + Vector512.Create(RootHalf)).AsDouble();
        return (m, k);
    }

    // k log 2 + log(1 + f) + tail, smallest terms first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> OfOnePlus(Vector512<double> f, Vector512<double> k, Vector512<double> tail)
    {
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;

        // (2 atanh(s) - 2 s) / s^3 for |s| <= 0.1716, error 2.5e-20 of log(1 + f).
        var p = Vector512.Create(0.13233693010140737);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.13252270205730374));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.15386983080233566));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.18181778497450857));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.22222222605100483));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.28571428569423407));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.4000000000000489));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.6666666666666666));

        // log(1 + f) = f - (f^2/2 - s (f^2/2 + z p)).
        var halfSquare = f * f * Vector512.Create(0.5);
        var low = Vector512.FusedMultiplyAdd(k, Vector512.Create(Exponential.Log2Low), tail);
        low = Vector512.FusedMultiplyAdd(s, Vector512.FusedMultiplyAdd(z, p, halfSquare), low);
        return Vector512.FusedMultiplyAdd(k, Vector512.Create(Exponential.Log2High), f - (halfSquare - low));
    }

    // argument: of the plain logarithm; original: what the caller passed, whose NaN and infinity are the result's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Special(Vector512<double> result, Vector512<double> argument, Vector512<double> original)
    {
        var zero = Vector512<double>.Zero;
        result = Vector512.ConditionalSelect(Vector512.LessThan(argument, zero), Vector512.Create(double.NaN), result);
        result = Vector512.ConditionalSelect(Vector512.Equals(argument, zero), Vector512.Create(double.NegativeInfinity), result);
        return Vector512.ConditionalSelect(Vector512.LessThan(original, Vector512.Create(double.PositiveInfinity)), result,
            Vector512.ConditionalSelect(Vector512.Equals(original, original), Vector512.Create(double.PositiveInfinity), original));
    }
}
