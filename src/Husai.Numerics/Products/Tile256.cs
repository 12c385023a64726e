using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Products;

/// <summary>The 6 x 16 tile of 256-bit registers.</summary>
internal static unsafe class Tile256
{
    /// <summary>A whole tile, 6 x 16: 12 of the 16 registers hold sums.</summary>
    public static void Multiply6(float* left, float* right, int inner, float* result, nint stride, bool accumulate)
    {
        Vector256<float> s0a = Vector256<float>.Zero, s0b = Vector256<float>.Zero;
        Vector256<float> s1a = Vector256<float>.Zero, s1b = Vector256<float>.Zero;
        Vector256<float> s2a = Vector256<float>.Zero, s2b = Vector256<float>.Zero;
        Vector256<float> s3a = Vector256<float>.Zero, s3b = Vector256<float>.Zero;
        Vector256<float> s4a = Vector256<float>.Zero, s4b = Vector256<float>.Zero;
        Vector256<float> s5a = Vector256<float>.Zero, s5b = Vector256<float>.Zero;
        for (var step = 0; step < inner; step++)
        {
            var a = Vector256.Load(right);
            var b = Vector256.Load(right + 8);
            var x0 = Vector256.Create(left[0]);
            s0a = Vector256.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector256.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector256.Create(left[1]);
            s1a = Vector256.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector256.FusedMultiplyAdd(x1, b, s1b);
            var x2 = Vector256.Create(left[2]);
            s2a = Vector256.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector256.FusedMultiplyAdd(x2, b, s2b);
            var x3 = Vector256.Create(left[3]);
            s3a = Vector256.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector256.FusedMultiplyAdd(x3, b, s3b);
            var x4 = Vector256.Create(left[4]);
            s4a = Vector256.FusedMultiplyAdd(x4, a, s4a);
            s4b = Vector256.FusedMultiplyAdd(x4, b, s4b);
            var x5 = Vector256.Create(left[5]);
            s5a = Vector256.FusedMultiplyAdd(x5, a, s5a);
            s5b = Vector256.FusedMultiplyAdd(x5, b, s5b);
            left += 6;
            right += 16;
        }

        Finish(s0a, s0b, result, accumulate);
        Finish(s1a, s1b, result + stride, accumulate);
        Finish(s2a, s2b, result + 2 * stride, accumulate);
        Finish(s3a, s3b, result + 3 * stride, accumulate);
        Finish(s4a, s4b, result + 4 * stride, accumulate);
        Finish(s5a, s5b, result + 5 * stride, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector256<float> a, Vector256<float> b, float* row, bool accumulate)
    {
        if (accumulate)
        {
            a = Vector256.Load(row) + a;
            b = Vector256.Load(row + 8) + b;
        }

        a.Store(row);
        b.Store(row + 8);
    }
}
