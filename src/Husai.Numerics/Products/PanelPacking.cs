using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics;

/// <summary>
/// Copies lines of an operand into panels: for each inner step, one element of each of the panel's lines, side by side.
/// Lines past the operand's end are zeros, so that tiles need no special case.
/// </summary>
internal static unsafe class PanelPacking
{
    /// <summary>Packs one panel of <paramref name="width"/> lines over <paramref name="innerCount"/> steps.</summary>
    public static void Pack(
        float* panel, in Operand operand, int outerStart, int width, int innerStart, int innerCount)
    {
        var lines = Math.Min(width, operand.Outer - outerStart);
        var source = operand.Start + outerStart * operand.OuterStride + innerStart * operand.InnerStride;
        if (operand.OuterStride == 1)
        {
            Copy(panel, source, operand.InnerStride, lines, width, innerCount);
        }
        else
        {
            Interleave(panel, source, operand.OuterStride, operand.InnerStride, lines, width, innerCount);
        }
    }

    // The panel's lines are neighbours in memory: each step is one short copy.
    private static void Copy(float* panel, float* source, nint innerStride, int lines, int width, int innerCount)
    {
        for (var step = 0; step < innerCount; step++)
        {
            if (lines == width)
            {
                CopyLine(panel, source, width);
            }
            else
            {
                new ReadOnlySpan<float>(source, lines).CopyTo(new Span<float>(panel, width));
                new Span<float>(panel + lines, width - lines).Clear();
            }

            panel += width;
            source += innerStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLine(float* target, float* source, int width)
    {
        if (Vector512.IsHardwareAccelerated && width == 32)
        {
            Vector512.Store(Vector512.Load(source), target);
            Vector512.Store(Vector512.Load(source + 16), target + 16);
            return;
        }

        var index = 0;
        for (; index <= width - 4; index += 4)
        {
            Vector128.Store(Vector128.Load(source + index), target + index);
        }

        for (; index < width; index++)
        {
            target[index] = source[index];
        }
    }

    // Each line is contiguous over the steps: transpose 4 x 4 blocks in registers.
    private static void Interleave(
        float* panel, float* source, nint outerStride, nint innerStride, int lines, int width, int innerCount)
    {
        var line = 0;
        if (innerStride == 1)
        {
            for (; line <= lines - 4; line += 4)
            {
                InterleaveFour(panel + line, source + line * outerStride, outerStride, width, innerCount);
            }
        }

        for (; line < width; line++)
        {
            var element = source + line * outerStride;
            for (var step = 0; step < innerCount; step++)
            {
                panel[step * width + line] = line < lines ? element[step * innerStride] : 0f;
            }
        }
    }

    private static void InterleaveFour(float* panel, float* source, nint stride, int width, int innerCount)
    {
        var step = 0;
        for (; step <= innerCount - 4; step += 4)
        {
            var a = Vector128.Load(source + step);
            var b = Vector128.Load(source + stride + step);
            var c = Vector128.Load(source + 2 * stride + step);
            var d = Vector128.Load(source + 3 * stride + step);
            // a0 b0 a1 b1 and so on; then pairs of 64 bits.
            var abLow = ZipLow(a, b).AsDouble();
            var abHigh = ZipHigh(a, b).AsDouble();
            var cdLow = ZipLow(c, d).AsDouble();
            var cdHigh = ZipHigh(c, d).AsDouble();
            var target = panel + step * width;
            ZipLow(abLow, cdLow).AsSingle().Store(target);
            ZipHigh(abLow, cdLow).AsSingle().Store(target + width);
            ZipLow(abHigh, cdHigh).AsSingle().Store(target + 2 * width);
            ZipHigh(abHigh, cdHigh).AsSingle().Store(target + 3 * width);
        }

        for (; step < innerCount; step++)
        {
            for (var line = 0; line < 4; line++)
            {
                panel[step * width + line] = source[line * stride + step];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipLow(Vector128<double> a, Vector128<double> b) =>
        Vector128.Create(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipHigh(Vector128<double> a, Vector128<double> b) =>
        Vector128.Create(a.GetUpper(), b.GetUpper());
}
