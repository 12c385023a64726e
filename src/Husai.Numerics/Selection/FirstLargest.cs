using System.Numerics;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Selection;

/// <summary>The largest of many values, and where it stands.</summary>
internal static unsafe class FirstLargest
{
    /// <summary>
    /// Index of the largest value; of equal ones the first. A NaN is smaller than every number; 0 where there is no number.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many, at least 1.</param>
    public static int IndexOf(float* values, int count)
    {
        var largest = Vector512.Create(float.NegativeInfinity);
        for (var index = 0; index < count; index += Lanes.Count)
        {
            largest = Lanes.Larger(Lanes.Load(values + index, count - index, float.NegativeInfinity), largest);
        }

        var wanted = Vector512.Create(Lanes.Maximum(largest));
        for (var index = 0; index < count; index += Lanes.Count)
        {
            var found = Vector512.Equals(Lanes.Load(values + index, count - index, float.NaN), wanted).ExtractMostSignificantBits();
            if (found != 0)
            {
                return index + BitOperations.TrailingZeroCount(found);
            }
        }

        return 0;
    }
}
