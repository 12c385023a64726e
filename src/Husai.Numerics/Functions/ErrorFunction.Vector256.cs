using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Functions;

/// <content>
/// The same steps in half the width, for hardware without 512-bit vectors: there every operation on 16 lanes is a method, and a long
/// function exceeds what the compiler is willing to inline.
/// </content>
internal static partial class ErrorFunction
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector256<float> Erf(Vector256<float> x)
    {
        var t = Vector256.Abs(x);
        var one = Vector256.Create(1f);
        var z = x * x;
        var p = Vector256.Create(Small6);
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(Small5));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(Small4));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(Small3));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(Small2));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(Small1));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(Small0));
        var small = Vector256.FusedMultiplyAdd(x, p, x);

        var bounded = Vector256.ConditionalSelect(Vector256.LessThan(t, Vector256.Create(4f)), t, Vector256.Create(4f));
        var q = Vector256.Create(Large8);
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large7));
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large6));
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large5));
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large4));
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large3));
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large2));
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large1));
        q = Vector256.FusedMultiplyAdd(q, bounded, Vector256.Create(Large0));
        var large = Vector256.CopySign(one - Exponential.Exp(q), x);

        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(t, one), large, small);
    }
}
