using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>
/// Arithmetic on rows in single precision, by address and without checks. Rows are a whole number of 16-lane vectors long unless a method
/// takes their length in elements.
/// </summary>
internal static unsafe partial class RowKernels
{
    /// <summary>target = factor * source + target.</summary>
    public static void MultiplyAdd(float* target, float* source, float factor, int vectors)
    {
        var scale = Vector512.Create(factor);
        for (var offset = 0; offset < vectors * Lanes.Count; offset += Lanes.Count)
        {
            Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + offset), Vector512.Load(target + offset)).Store(target + offset);
        }
    }

    /// <summary>target -= source; returns the sum of squares of what is left: 16 chains in order, then a fixed tree.</summary>
    public static float SubtractSquared(float* target, float* source, int vectors)
    {
        var sum = Vector512<float>.Zero;
        for (var offset = 0; offset < vectors * Lanes.Count; offset += Lanes.Count)
        {
            var difference = Vector512.Load(target + offset) - Vector512.Load(source + offset);
            difference.Store(target + offset);
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        return Lanes.Sum(sum);
    }

    /// <summary>target = source.</summary>
    public static void Copy(float* target, float* source, int vectors) =>
        new ReadOnlySpan<float>(source, vectors * Lanes.Count).CopyTo(new Span<float>(target, vectors * Lanes.Count));

    /// <summary>target = source * factor - subtracted; <paramref name="target"/> may be <paramref name="source"/>.</summary>
    public static void ScaleSubtract(float* target, float* source, float factor, float* subtracted, int vectors)
    {
        var scale = Vector512.Create(factor);
        for (var offset = 0; offset < vectors * Lanes.Count; offset += Lanes.Count)
        {
            (Vector512.Load(source + offset) * scale - Vector512.Load(subtracted + offset)).Store(target + offset);
        }
    }

    /// <summary>target *= factor.</summary>
    public static void Scale(float* target, float factor, int vectors)
    {
        var scale = Vector512.Create(factor);
        for (var offset = 0; offset < vectors * Lanes.Count; offset += Lanes.Count)
        {
            (scale * Vector512.Load(target + offset)).Store(target + offset);
        }
    }
}
