using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>Element by element operations on spans. The source may be the target, but not overlap it otherwise.</summary>
internal static class Elementwise
{
    /// <summary>target += source.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Add(Span<float> target, ReadOnlySpan<float> source)
    {
        Check(target, source);
        Elements.Apply(default(Sum), target, source);
    }

    /// <summary>target -= source.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Subtract(Span<float> target, ReadOnlySpan<float> source)
    {
        Check(target, source);
        Elements.Apply(default(Difference), target, source);
    }

    /// <summary>target *= source.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void Multiply(Span<float> target, ReadOnlySpan<float> source)
    {
        Check(target, source);
        Elements.Apply(default(Product), target, source);
    }

    /// <summary>target *= factor.</summary>
    public static void Scale(Span<float> target, float factor) => Elements.Apply(new Multiple(factor), target);

    /// <summary>target *= factor.</summary>
    /// <param name="target"><c>[rows, columns]</c>.</param>
    /// <param name="factor">Any number.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    public static void Scale(Matrix target, float factor, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        Elements.Apply(new Multiple(factor), target, target, workers);
    }

    /// <summary>target = fma(source, factor, target).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap in part.</exception>
    public static void MultiplyAdd(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        Check(target, source);
        Elements.Apply(new PlusMultiple(factor), target, source);
    }

    private static void Check(Span<float> target, ReadOnlySpan<float> source)
    {
        Require.SameLength(source, target);
        Require.ApartOrSame(target, source);
    }

    private readonly struct Sum : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x + y;
    }

    private readonly struct Difference : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x - y;
    }

    private readonly struct Product : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * y;
    }

    private readonly struct Multiple(float factor) : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x) => x * Vector512.Create(factor);
    }

    private readonly struct PlusMultiple(float factor) : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
            Vector512.FusedMultiplyAdd(y, Vector512.Create(factor), x);
    }
}
