using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Husai.Transformers.Computation.Kernels;

/// <summary>Short-vector arithmetic for attention, in 16 lanes on every instruction tier.</summary>
internal static class Lanes
{
    /// <summary>Inner product: 16 running sums, then a fixed tree.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref var l = ref MemoryMarshal.GetReference(left);
        ref var r = ref MemoryMarshal.GetReference(right);
        var sums = Vector512<float>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            sums = Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref l, (nuint)i), Vector512.LoadUnsafe(ref r, (nuint)i), sums);
        }

        if (i < left.Length)
        {
            sums = Vector512.FusedMultiplyAdd(Padded(left[i..]), Padded(right[i..left.Length]), sums);
        }

        return Sum(sums);
    }

    /// <summary>target = fma(source, factor, target).</summary>
    public static void MultiplyAdd(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i <= target.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref s, (nuint)i), factors, Vector512.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        }

        if (i < target.Length)
        {
            Span<float> tail = stackalloc float[Vector512<float>.Count];
            Vector512.FusedMultiplyAdd(Padded(source[i..target.Length]), factors, Padded(target[i..])).CopyTo(tail);
            tail[..(target.Length - i)].CopyTo(target[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> Padded(ReadOnlySpan<float> values)
    {
        Span<float> lanes = stackalloc float[Vector512<float>.Count];
        lanes.Clear();
        values.CopyTo(lanes);
        return Vector512.Create<float>(lanes);
    }

    /// <summary>The sum of all lanes, by a fixed tree.</summary>
    public static float Sum(Vector512<float> lanes)
    {
        var half = lanes.GetLower() + lanes.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
    }
}
