using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics;

/// <summary>Transposes 16 x 16 floats in registers, with AVX-512.</summary>
internal static unsafe class Transpose16
{
    /// <summary>Reads 16 rows that lie <paramref name="stride"/> apart and writes their 16 columns <paramref name="targetStride"/> apart.</summary>
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(
        float* source, nint stride, out Vector512<float> column0, out Vector512<float> column1, out Vector512<float> column2, out Vector512<float> column3)
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
}
