using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics.Products;

/// <summary>The 12 x 32 tile of 512-bit registers.</summary>
internal static unsafe class Tile512
{
    private const int StepsToArrive = 48;

    /// <summary>A whole tile, 12 x 32: 24 of the 32 registers hold sums.</summary>
    public static void Multiply12(float* left, float* right, int inner, float* result, nint stride, bool accumulate)
    {
        Vector512<float> s0a = Vector512<float>.Zero, s0b = Vector512<float>.Zero;
        Vector512<float> s1a = Vector512<float>.Zero, s1b = Vector512<float>.Zero;
        Vector512<float> s2a = Vector512<float>.Zero, s2b = Vector512<float>.Zero;
        Vector512<float> s3a = Vector512<float>.Zero, s3b = Vector512<float>.Zero;
        Vector512<float> s4a = Vector512<float>.Zero, s4b = Vector512<float>.Zero;
        Vector512<float> s5a = Vector512<float>.Zero, s5b = Vector512<float>.Zero;
        Vector512<float> s6a = Vector512<float>.Zero, s6b = Vector512<float>.Zero;
        Vector512<float> s7a = Vector512<float>.Zero, s7b = Vector512<float>.Zero;
        Vector512<float> s8a = Vector512<float>.Zero, s8b = Vector512<float>.Zero;
        Vector512<float> s9a = Vector512<float>.Zero, s9b = Vector512<float>.Zero;
        Vector512<float> s10a = Vector512<float>.Zero, s10b = Vector512<float>.Zero;
        Vector512<float> s11a = Vector512<float>.Zero, s11b = Vector512<float>.Zero;
        // The result's lines arrive during the last steps, late enough to be in cache still when the sums are stored.
        var stop = Math.Max(0, inner - StepsToArrive);
        for (var step = 0; ; step++)
        {
            if (step == stop)
            {
                if (stop == inner)
                {
                    break;
                }

                Prefetch(result, stride, 12);
                stop = inner;
            }

            var a = Vector512.Load(right);
            var b = Vector512.Load(right + 16);
            var x0 = Vector512.Create(left[0]);
            s0a = Vector512.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector512.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector512.Create(left[1]);
            s1a = Vector512.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector512.FusedMultiplyAdd(x1, b, s1b);
            var x2 = Vector512.Create(left[2]);
            s2a = Vector512.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector512.FusedMultiplyAdd(x2, b, s2b);
            var x3 = Vector512.Create(left[3]);
            s3a = Vector512.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector512.FusedMultiplyAdd(x3, b, s3b);
            var x4 = Vector512.Create(left[4]);
            s4a = Vector512.FusedMultiplyAdd(x4, a, s4a);
            s4b = Vector512.FusedMultiplyAdd(x4, b, s4b);
            var x5 = Vector512.Create(left[5]);
            s5a = Vector512.FusedMultiplyAdd(x5, a, s5a);
            s5b = Vector512.FusedMultiplyAdd(x5, b, s5b);
            var x6 = Vector512.Create(left[6]);
            s6a = Vector512.FusedMultiplyAdd(x6, a, s6a);
            s6b = Vector512.FusedMultiplyAdd(x6, b, s6b);
            var x7 = Vector512.Create(left[7]);
            s7a = Vector512.FusedMultiplyAdd(x7, a, s7a);
            s7b = Vector512.FusedMultiplyAdd(x7, b, s7b);
            var x8 = Vector512.Create(left[8]);
            s8a = Vector512.FusedMultiplyAdd(x8, a, s8a);
            s8b = Vector512.FusedMultiplyAdd(x8, b, s8b);
            var x9 = Vector512.Create(left[9]);
            s9a = Vector512.FusedMultiplyAdd(x9, a, s9a);
            s9b = Vector512.FusedMultiplyAdd(x9, b, s9b);
            var x10 = Vector512.Create(left[10]);
            s10a = Vector512.FusedMultiplyAdd(x10, a, s10a);
            s10b = Vector512.FusedMultiplyAdd(x10, b, s10b);
            var x11 = Vector512.Create(left[11]);
            s11a = Vector512.FusedMultiplyAdd(x11, a, s11a);
            s11b = Vector512.FusedMultiplyAdd(x11, b, s11b);
            left += 12;
            right += 32;
        }

        Finish(s0a, s0b, result, accumulate);
        Finish(s1a, s1b, result + stride, accumulate);
        Finish(s2a, s2b, result + 2 * stride, accumulate);
        Finish(s3a, s3b, result + 3 * stride, accumulate);
        Finish(s4a, s4b, result + 4 * stride, accumulate);
        Finish(s5a, s5b, result + 5 * stride, accumulate);
        Finish(s6a, s6b, result + 6 * stride, accumulate);
        Finish(s7a, s7b, result + 7 * stride, accumulate);
        Finish(s8a, s8b, result + 8 * stride, accumulate);
        Finish(s9a, s9b, result + 9 * stride, accumulate);
        Finish(s10a, s10b, result + 10 * stride, accumulate);
        Finish(s11a, s11b, result + 11 * stride, accumulate);
    }

    /// <summary>Four rows of a 12-row panel, for the last panel of a matrix.</summary>
    public static void Multiply4(float* left, float* right, int inner, float* result, nint stride, bool accumulate)
    {
        Vector512<float> s0a = Vector512<float>.Zero, s0b = Vector512<float>.Zero;
        Vector512<float> s1a = Vector512<float>.Zero, s1b = Vector512<float>.Zero;
        Vector512<float> s2a = Vector512<float>.Zero, s2b = Vector512<float>.Zero;
        Vector512<float> s3a = Vector512<float>.Zero, s3b = Vector512<float>.Zero;
        // The result's lines arrive during the last steps, late enough to be in cache still when the sums are stored.
        var stop = Math.Max(0, inner - StepsToArrive);
        for (var step = 0; ; step++)
        {
            if (step == stop)
            {
                if (stop == inner)
                {
                    break;
                }

                Prefetch(result, stride, 4);
                stop = inner;
            }

            var a = Vector512.Load(right);
            var b = Vector512.Load(right + 16);
            var x0 = Vector512.Create(left[0]);
            s0a = Vector512.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector512.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector512.Create(left[1]);
            s1a = Vector512.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector512.FusedMultiplyAdd(x1, b, s1b);
            var x2 = Vector512.Create(left[2]);
            s2a = Vector512.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector512.FusedMultiplyAdd(x2, b, s2b);
            var x3 = Vector512.Create(left[3]);
            s3a = Vector512.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector512.FusedMultiplyAdd(x3, b, s3b);
            left += 12;
            right += 32;
        }

        Finish(s0a, s0b, result, accumulate);
        Finish(s1a, s1b, result + stride, accumulate);
        Finish(s2a, s2b, result + 2 * stride, accumulate);
        Finish(s3a, s3b, result + 3 * stride, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* result, nint stride, int rows)
    {
        for (var row = 0; row < rows && Sse.IsSupported; row++)
        {
            Sse.Prefetch0(result);
            Sse.Prefetch0(result + 16);
            result += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector512<float> a, Vector512<float> b, float* row, bool accumulate)
    {
        if (accumulate)
        {
            a = Vector512.Load(row) + a;
            b = Vector512.Load(row + 16) + b;
        }

        a.Store(row);
        b.Store(row + 16);
    }
}
