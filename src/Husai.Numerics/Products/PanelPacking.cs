using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics.Products;

/// <summary>
/// Copies lines of an operand into panels: for each inner step, one element of each of the panel's lines, side by side.
/// Lines past the operand's end are zeros, so that tiles need no special case.
/// </summary>
internal static unsafe class PanelPacking
{
    /// <summary>Packs neighbouring panels of <paramref name="width"/> lines over the same steps.</summary>
    /// <param name="target">Where the first panel's first step goes.</param>
    /// <param name="panelLength">Elements from one panel to the next in the target.</param>
    /// <param name="panels">Number of panels.</param>
    /// <param name="operand">What to pack.</param>
    /// <param name="outerStart">Line of the operand that is the first panel's first.</param>
    /// <param name="width">Lines of a panel.</param>
    /// <param name="innerStart">First step.</param>
    /// <param name="innerCount">Number of steps.</param>
    public static void Pack(
        float* target, nint panelLength, int panels, in Operand operand, int outerStart, int width, int innerStart, int innerCount)
    {
        var lines = Math.Min(width * panels, operand.Outer - outerStart);
        var source = operand.Start + outerStart * operand.OuterStride + innerStart * operand.InnerStride;
        if (operand.OuterStride == 1)
        {
            Copy(target, panelLength, source, operand.InnerStride, lines, width, innerCount);
            return;
        }

        for (var line = 0; line < lines; line += width)
        {
            Interleave(
                target + line / width * panelLength, source + line * operand.OuterStride, operand.OuterStride, operand.InnerStride,
                Math.Min(width, lines - line), width, innerCount);
        }
    }

    // The panels' lines are neighbours in memory: read each step once, from left to right.
    private static void Copy(float* target, nint panelLength, float* source, nint innerStride, int lines, int width, int innerCount)
    {
        var whole = lines / width;
        var rest = lines % width;
        for (var step = 0; step < innerCount; step++)
        {
            var panel = target + (nint)step * width;
            var line = source + step * innerStride;
            for (var index = 0; index < whole; index++)
            {
                CopyLine(panel, line, width);
                panel += panelLength;
                line += width;
            }

            if (rest > 0)
            {
                new ReadOnlySpan<float>(line, rest).CopyTo(new Span<float>(panel, width));
                new Span<float>(panel + rest, width - rest).Clear();
            }
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

    // Each line is contiguous over the steps: transpose square blocks in registers.
    private static void Interleave(
        float* panel, float* source, nint outerStride, nint innerStride, int lines, int width, int innerCount)
    {
        var line = 0;
        if (innerStride == 1)
        {
            line = Avx512F.IsSupported
                ? InterleaveWide(panel, source, outerStride, lines, width, innerCount)
                : InterleaveNarrow(panel, source, outerStride, lines, width, innerCount);
            for (; line <= lines - 4; line += 4)
            {
                InterleaveFour(panel + line, source + line * outerStride, outerStride, width, 0, innerCount);
            }

            for (; line <= lines - 2; line += 2)
            {
                InterleaveTwo(panel + line, source + line * outerStride, outerStride, width, innerCount);
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

    // Returns the number of lines that are done. All lines of a step are written one after the other: memory takes whole stretches better.
    private static int InterleaveWide(float* panel, float* source, nint stride, int lines, int width, int innerCount)
    {
        const int left = 12;
        var done = width == left && lines == left ? left : lines / 16 * 16;
        var step = 0;
        for (; done > 0 && step <= innerCount - 16; step += 16)
        {
            var target = panel + (nint)step * width;
            if (done == left)
            {
                Transpose16.StoreTwelve(source + step, stride, target);
            }

            for (var line = 0; line <= done - 16; line += 16)
            {
                Transpose16.Store(source + line * stride + step, stride, target + line, width);
            }
        }

        for (var line = 0; line < done; line += 4)
        {
            InterleaveFour(panel + line, source + line * stride, stride, width, step, innerCount);
        }

        return done;
    }

    // As InterleaveWide, four lines by four steps at a time.
    private static int InterleaveNarrow(float* panel, float* source, nint stride, int lines, int width, int innerCount)
    {
        var done = lines / 4 * 4;
        var step = 0;
        for (; step <= innerCount - 4; step += 4)
        {
            for (var line = 0; line < done; line += 4)
            {
                TransposeFour(panel + (nint)step * width + line, source + line * stride + step, stride, width);
            }
        }

        for (var line = 0; line < done; line += 4)
        {
            InterleaveFour(panel + line, source + line * stride, stride, width, step, innerCount);
        }

        return done;
    }

    private static void InterleaveFour(float* panel, float* source, nint stride, int width, int step, int innerCount)
    {
        for (; step <= innerCount - 4; step += 4)
        {
            TransposeFour(panel + (nint)step * width, source + step, stride, width);
        }

        for (; step < innerCount; step++)
        {
            for (var line = 0; line < 4; line++)
            {
                panel[(nint)step * width + line] = source[line * stride + step];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(float* target, float* source, nint stride, int width)
    {
        var a = Vector128.Load(source);
        var b = Vector128.Load(source + stride);
        var c = Vector128.Load(source + 2 * stride);
        var d = Vector128.Load(source + 3 * stride);
        // a0 b0 a1 b1 and so on; then pairs of 64 bits.
        var abLow = ZipLow(a, b).AsDouble();
        var abHigh = ZipHigh(a, b).AsDouble();
        var cdLow = ZipLow(c, d).AsDouble();
        var cdHigh = ZipHigh(c, d).AsDouble();
        ZipLow(abLow, cdLow).AsSingle().Store(target);
        ZipHigh(abLow, cdLow).AsSingle().Store(target + width);
        ZipLow(abHigh, cdHigh).AsSingle().Store(target + 2 * width);
        ZipHigh(abHigh, cdHigh).AsSingle().Store(target + 3 * width);
    }

    private static void InterleaveTwo(float* panel, float* source, nint stride, int width, int innerCount)
    {
        var step = 0;
        for (; step <= innerCount - 4; step += 4)
        {
            var a = Vector128.Load(source + step);
            var b = Vector128.Load(source + stride + step);
            // One pair of floats for each step, moved as 64 bits.
            var low = ZipLow(a, b).AsDouble();
            var high = ZipHigh(a, b).AsDouble();
            var target = panel + (nint)step * width;
            *(double*)target = low[0];
            *(double*)(target + width) = low[1];
            *(double*)(target + 2 * width) = high[0];
            *(double*)(target + 3 * width) = high[1];
        }

        for (; step < innerCount; step++)
        {
            panel[(nint)step * width] = source[step];
            panel[(nint)step * width + 1] = source[stride + step];
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
