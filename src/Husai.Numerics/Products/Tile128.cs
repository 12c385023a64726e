using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Products;

/// <summary>The 4 x 8 tile of 128-bit registers; without vector hardware the same code runs in software.</summary>
internal static unsafe class Tile128
{
    /// <summary>A whole tile, 4 x 8: 8 of the 16 registers hold sums.</summary>
    public static void Multiply4(float* left, float* right, int inner, float* result, nint stride, bool accumulate)
    {
        Vector128<float> s0a = Vector128<float>.Zero, s0b = Vector128<float>.Zero;
        Vector128<float> s1a = Vector128<float>.Zero, s1b = Vector128<float>.Zero;
        Vector128<float> s2a = Vector128<float>.Zero, s2b = Vector128<float>.Zero;
        Vector128<float> s3a = Vector128<float>.Zero, s3b = Vector128<float>.Zero;
        for (var step = 0; step < inner; step++)
        {
            var a = Vector128.Load(right);
            var b = Vector128.Load(right + 4);
            var x0 = Vector128.Create(left[0]);
            s0a = Vector128.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector128.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector128.Create(left[1]);
            s1a = Vector128.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector128.FusedMultiplyAdd(x1, b, s1b);
            var x2 = Vector128.Create(left[2]);
            s2a = Vector128.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector128.FusedMultiplyAdd(x2, b, s2b);
            var x3 = Vector128.Create(left[3]);
            s3a = Vector128.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector128.FusedMultiplyAdd(x3, b, s3b);
            left += 4;
            right += 8;
        }

        Finish(s0a, s0b, result, accumulate);
        Finish(s1a, s1b, result + stride, accumulate);
        Finish(s2a, s2b, result + 2 * stride, accumulate);
        Finish(s3a, s3b, result + 3 * stride, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector128<float> a, Vector128<float> b, float* row, bool accumulate)
    {
        if (accumulate)
        {
            a = Vector128.Load(row) + a;
            b = Vector128.Load(row + 4) + b;
        }

        a.Store(row);
        b.Store(row + 4);
    }
}
