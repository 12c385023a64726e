using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics.Products;

/// <summary>Transposes blocks of 16 steps in registers, with AVX-512.</summary>
/// <remarks>
/// Inlined into the loops that call it: by itself it has no loop, and the runtime would begin with unoptimised code for it.
/// </remarks>
internal static unsafe class Transpose16
{
    /// <summary>
    /// Reads 16 rows that lie <paramref name="stride"/> apart and writes their 16 columns <paramref name="targetStride"/> apart.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* source, nint stride, float* target, nint targetStride)
    {
        // Four rows at a time: column j of the 4 x 16 block ends up in 128-bit part j / 4 of quad j % 4.
        Quad(source, stride, out var a0, out var a1, out var a2, out var a3);
        Quad(source + 4 * stride, stride, out var b0, out var b1, out var b2, out var b3);
        Quad(source + 8 * stride, stride, out var c0, out var c1, out var c2, out var c3);
        Quad(source + 12 * stride, stride, out var d0, out var d1, out var d2, out var d3);
        Parts(a0, b0, c0, d0, target, 4 * targetStride);
        Parts(a1, b1, c1, d1, target + targetStride, 4 * targetStride);
        Parts(a2, b2, c2, d2, target + 2 * targetStride, 4 * targetStride);
        Parts(a3, b3, c3, d3, target + 3 * targetStride, 4 * targetStride);
    }

    /// <summary>
    /// Reads 12 rows of 16 floats that lie <paramref name="stride"/> apart and writes their 16 columns of 12 without a gap.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwelve(float* source, nint stride, float* target)
    {
        Quad(source, stride, out var a0, out var a1, out var a2, out var a3);
        Quad(source + 4 * stride, stride, out var b0, out var b1, out var b2, out var b3);
        Quad(source + 8 * stride, stride, out var c0, out var c1, out var c2, out var c3);
        PartsOfTwelve(a0, b0, c0, target);
        PartsOfTwelve(a1, b1, c1, target + 12);
        PartsOfTwelve(a2, b2, c2, target + 2 * 12);
        PartsOfTwelve(a3, b3, c3, target + 3 * 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(
        float* source, nint stride, out Vector512<float> column0, out Vector512<float> column1, out Vector512<float> column2,
        out Vector512<float> column3)
    {
        var a = Vector512.Load(source);
        var b = Vector512.Load(source + stride);
        var c = Vector512.Load(source + 2 * stride);
        var d = Vector512.Load(source + 3 * stride);
        var abLow = Avx512F.UnpackLow(a, b).AsDouble();
        var abHigh = Avx512F.UnpackHigh(a, b).AsDouble();
        var cdLow = Avx512F.UnpackLow(c, d).AsDouble();
        var cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
        column0 = Avx512F.UnpackLow(abLow, cdLow).AsSingle();
        column1 = Avx512F.UnpackHigh(abLow, cdLow).AsSingle();
        column2 = Avx512F.UnpackLow(abHigh, cdHigh).AsSingle();
        column3 = Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle();
    }

    // Part p of the four quads, side by side, is one column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Parts(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint stride)
    {
        var abEven = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00);
        var abOdd = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        var cdEven = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00);
        var cdOdd = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(abEven, cdEven, 0b10_00_10_00).Store(target);
        Avx512F.Shuffle4x128(abOdd, cdOdd, 0b10_00_10_00).Store(target + stride);
        Avx512F.Shuffle4x128(abEven, cdEven, 0b11_01_11_01).Store(target + 2 * stride);
        Avx512F.Shuffle4x128(abOdd, cdOdd, 0b11_01_11_01).Store(target + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PartsOfTwelve(Vector512<float> a, Vector512<float> b, Vector512<float> c, float* target)
    {
        const int stride = 4 * 12;
        var even = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00);
        var odd = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        Avx512F.Shuffle4x128(even, even, 0b10_00_10_00).GetLower().Store(target);
        Avx512F.Shuffle4x128(odd, odd, 0b10_00_10_00).GetLower().Store(target + stride);
        Avx512F.Shuffle4x128(even, even, 0b11_01_11_01).GetLower().Store(target + 2 * stride);
        Avx512F.Shuffle4x128(odd, odd, 0b11_01_11_01).GetLower().Store(target + 3 * stride);
        Avx512F.ExtractVector128(c, 0).Store(target + 8);
        Avx512F.ExtractVector128(c, 1).Store(target + stride + 8);
        Avx512F.ExtractVector128(c, 2).Store(target + 2 * stride + 8);
        Avx512F.ExtractVector128(c, 3).Store(target + 3 * stride + 8);
    }
}
