using System.Numerics;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>Counts over rows of any length.</summary>
internal static unsafe partial class RowKernels
{
    /// <summary>How many of some numbers are above zero.</summary>
    public static int CountPositive(float* values, int count)
    {
        var n = 0;
        var positive = 0;
        for (; n + Lanes.Count <= count; n += Lanes.Count)
        {
            positive += BitOperations.PopCount(
                (uint)Vector512.GreaterThan(Vector512.Load(values + n), Vector512<float>.Zero).ExtractMostSignificantBits());
        }

        for (; n < count; n++)
        {
            positive += values[n] > 0 ? 1 : 0;
        }

        return positive;
    }

    /// <summary>How many of some indices are below a bound.</summary>
    public static int CountBelow(int* indices, int count, int bound)
    {
        var n = 0;
        var below = 0;
        for (; n + Lanes.Count <= count; n += Lanes.Count)
        {
            below += BitOperations.PopCount(
                (uint)Vector512.LessThan(Vector512.Load(indices + n), Vector512.Create(bound)).ExtractMostSignificantBits());
        }

        for (; n < count; n++)
        {
            below += indices[n] < bound ? 1 : 0;
        }

        return below;
    }
}
