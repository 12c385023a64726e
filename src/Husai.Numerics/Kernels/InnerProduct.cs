using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.Kernels;

/// <summary>
/// Inner products of rows in double precision, one method for each order in which terms are added: each order rounds in its own way, so
/// that a computation keeps its bits only with its own. <see cref="Reductions.Dot"/> is the one for rows in single precision.
/// </summary>
internal static class InnerProduct
{
    /// <summary>Inner product added term by term in order of index; 0 of nothing.</summary>
    /// <param name="left">First row.</param>
    /// <param name="right">Second row, as long as the first.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double InOrder(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Check(left, right);
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>Inner product added in eight chains, then the chains, then the rest in order of index; 0 of nothing.</summary>
    /// <param name="left">First row.</param>
    /// <param name="right">Second row, as long as the first.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double InEightLanes(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Check(left, right);
        ref var first = ref MemoryMarshal.GetReference(left);
        ref var second = ref MemoryMarshal.GetReference(right);
        var sum = Vector512<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            sum += Vector512.LoadUnsafe(ref first, (nuint)i) * Vector512.LoadUnsafe(ref second, (nuint)i);
        }

        return AddRest(Vector512.Sum(sum), left[i..], right[i..]);
    }

    /// <summary>Inner product added in sixteen chains, then the chains, then the rest in order of index; 0 of nothing.</summary>
    /// <param name="left">First row.</param>
    /// <param name="right">Second row, as long as the first.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double InSixteenLanes(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Check(left, right);
        ref var first = ref MemoryMarshal.GetReference(left);
        ref var second = ref MemoryMarshal.GetReference(right);
        Vector512<double> lower = default, upper = default;
        var i = 0;
        for (; i <= left.Length - 16; i += 16)
        {
            lower += Vector512.LoadUnsafe(ref first, (nuint)i) * Vector512.LoadUnsafe(ref second, (nuint)i);
            upper += Vector512.LoadUnsafe(ref first, (nuint)i + 8) * Vector512.LoadUnsafe(ref second, (nuint)i + 8);
        }

        return AddRest(Vector512.Sum(lower + upper), left[i..], right[i..]);
    }

    private static double AddRest(double sum, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Check(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        Require.Length(left.Length, right.Length, nameof(left));
}
