using System.Numerics;
using System.Runtime.Intrinsics;

namespace Husai.Autoencoders;

/// <summary>Order statistics of non-negative floats, found bit by bit: their bit patterns are in the order of their values.</summary>
internal static unsafe class LargestValue
{
    /// <summary>The bit pattern of the <paramref name="rank"/>-th largest value, or a lower bound of it.</summary>
    /// <param name="values">Non-negative, padded with zeros to whole vectors.</param>
    /// <param name="vectors">How many vectors of 16.</param>
    /// <param name="rank">From 1 on; at most the number of values.</param>
    /// <param name="low">Bit pattern of a value that at least <paramref name="rank"/> values reach.</param>
    /// <param name="precision">Bits to find below the highest in which <paramref name="low"/> and the largest value differ; 32 for the exact value.</param>
    public static int Find(float* values, int vectors, int rank, int low, int precision)
    {
        var largest = Vector512<int>.Zero;
        for (var vector = 0; vector < vectors; vector++)
        {
            largest = Vector512.Max(largest, Vector512.Load((int*)values + vector * 16));
        }

        var high = 0;
        for (var lane = 0; lane < 16; lane++)
        {
            high = Math.Max(high, largest.GetElement(lane));
        }

        if (high <= low)
        {
            return low;
        }

        var bit = 31 - BitOperations.LeadingZeroCount((uint)(high ^ low));

        // Every candidate shares the bits above the first that differs between low and high.
        var found = low & ~((2 << bit) - 1);
        for (var last = Math.Max(0, bit - precision + 1); bit >= last; bit--)
        {
            var candidate = found | 1 << bit;
            if (CountAtLeast((int*)values, vectors, candidate) >= rank)
            {
                found = candidate;
            }
        }

        return Math.Max(found, low);
    }

    private static int CountAtLeast(int* values, int vectors, int bound)
    {
        var limit = Vector512.Create(bound);
        var count = 0;
        for (var vector = 0; vector < vectors; vector++)
        {
            count += BitOperations.PopCount(
                (uint)Vector512.GreaterThanOrEqual(Vector512.Load(values + vector * 16), limit).ExtractMostSignificantBits());
        }

        return count;
    }
}
