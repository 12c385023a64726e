using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.Kernels;

/// <summary>Sums of multiples in double precision. A product and the sum that takes it each round on their own.</summary>
internal static class DoublePrecision
{
    private const int Count = 8;

    /// <summary>target += factor x source.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddMultiple(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        Require.Length<double>(target, source.Length);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i <= target.Length - Count; i += Count)
        {
            (Vector512.LoadUnsafe(ref to, (nuint)i) + factors * Vector512.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    /// <summary>target += factor x source.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddMultiple(Span<double> target, ReadOnlySpan<float> source, double factor)
    {
        Require.Length<double>(target, source.Length);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i <= target.Length - Count; i += Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
            (Vector512.LoadUnsafe(ref to, (nuint)i) + factors * Vector512.Create(lower, upper)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }
}
