using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Functions;

/// <content>
/// The same steps in half the width, for hardware without 512-bit vectors: there every operation on 16 lanes is a method, and a long
/// function exceeds what the compiler is willing to inline.
/// </content>
internal static partial class Exponential
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector256<double> ExpOfSum(Vector256<double> x, Vector256<double> tail)
    {
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(710.0)), Vector256.Create(710.0), x);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-746.0)), Vector256.Create(-746.0), x);
        var k = Vector256.FusedMultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(Shifter)) - Vector256.Create(Shifter);
        var r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Log2High), x);
        r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Log2Low), r) + tail;
        var q = Vector256.Create(P10);
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P9));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P8));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P7));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P6));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P5));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P4));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P3));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P2));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P1));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(P0));
        var power = Vector256.Create(1.0) + Vector256.FusedMultiplyAdd(r * r, q, r);

        var half = Vector256.FusedMultiplyAdd(k, Vector256.Create(0.5), Vector256.Create(Shifter));
        var rest = (k - (half - Vector256.Create(Shifter))) + Vector256.Create(Shifter);
        return power * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(89f)), Vector256.Create(89f), x);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-105f)), Vector256.Create(-105f), x);
        var k = Vector256.FusedMultiplyAdd(x, Vector256.Create((float)Log2E), Vector256.Create(SingleShifter)) - Vector256.Create(
            SingleShifter);
        var r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-SingleLog2High), x);
        r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-SingleLog2Low), r);
        var q = Vector256.Create(Single4);
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(Single3));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(Single2));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(Single1));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(Single0));
        var power = Vector256.Create(1f) + Vector256.FusedMultiplyAdd(r * r, q, r);
        var half = Vector256.FusedMultiplyAdd(k, Vector256.Create(0.5f), Vector256.Create(SingleShifter));
        var rest = (k - (half - Vector256.Create(SingleShifter))) + Vector256.Create(SingleShifter);
        return power * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowerOfTwo(Vector256<double> shifted) =>
        (Vector256.ShiftLeft(shifted.AsInt64(), 52) + Vector256.Create(1023L << 52)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<float> shifted) =>
        (Vector256.ShiftLeft(shifted.AsInt32(), 23) + Vector256.Create(127 << 23)).AsSingle();
}
