using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Autoencoders;

/// <summary>Thresholds between non-negative floats, found bit by bit: their bit patterns are in the order of their values.</summary>
internal static unsafe class LargestValue
{
    /// <summary>The bit pattern of a threshold that at least <paramref name="rank"/> values reach.</summary>
    /// <param name="values">Non-negative, padded with zeros to whole vectors.</param>
    /// <param name="vectors">How many vectors of 16.</param>
    /// <param name="rank">From 1 on; at most the number of values.</param>
    /// <param name="low">Bit pattern of a value that at least <paramref name="rank"/> values reach.</param>
    /// <param name="precision">Bits to find below the highest in which <paramref name="low"/> and the largest value differ; 32 for the highest threshold.</param>
    /// <param name="reached">How many values reach the threshold: <paramref name="rank"/>, or with full precision more only if there are ties.</param>
    public static int Find(float* values, int vectors, int rank, int low, int precision, out int reached)
    {
        var found = low;
        reached = CountAtLeast((int*)values, vectors, low);
        var high = Largest((int*)values, vectors);
        if (reached == rank || high <= low)
        {
            return found;
        }

        // Every candidate shares the bits above the first that differs between low and high.
        var bit = 31 - BitOperations.LeadingZeroCount((uint)(high ^ low));
        found = low & ~((2 << bit) - 1);
        for (var last = Math.Max(0, bit - precision + 1); bit >= last; bit--)
        {
            var candidate = found | 1 << bit;
            var count = CountAtLeast((int*)values, vectors, candidate);
            if (count == rank)
            {
                // The threshold parts exactly these from the rest: no need to know it better.
                reached = count;
                return candidate;
            }

            // All ones if the candidate is reached often enough, else zero: a branch here would be mispredicted half the time.
            var take = (rank - 1 - count) >> 31;
            found |= take & 1 << bit;
            reached += take & (count - reached);
        }

        return Math.Max(found, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    private static int Largest(int* values, int vectors)
    {
        var largest = Vector512<int>.Zero;
        for (var vector = 0; vector < vectors; vector++)
        {
            largest = Vector512.Max(largest, Vector512.Load(values + vector * 16));
        }

        var eight = Vector256.Max(largest.GetLower(), largest.GetUpper());
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }
}
