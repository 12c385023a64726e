using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Selection;

/// <summary>Thresholds between non-negative floats, found among their bit patterns, which are in the order of the values.</summary>
internal static unsafe class LargestValue
{
    /// <summary>The bit pattern of a threshold that at least <paramref name="rank"/> values reach, and hardly more.</summary>
    /// <param name="values">Non-negative, padded with zeros to whole vectors.</param>
    /// <param name="vectors">How many vectors of 16.</param>
    /// <param name="rank">From 1 on; at most the number of values.</param>
    /// <param name="precision">Bits to find from the largest value's highest on; those below stay zero.</param>
    public static int Below(float* values, int vectors, int rank, int precision)
    {
        var bit = 31 - BitOperations.LeadingZeroCount((uint)Largest((int*)values, vectors));
        var found = 0;
        for (var last = Math.Max(0, bit - precision + 1); bit >= last; bit--)
        {
            var candidate = found | 1 << bit;

            // All ones if the candidate is reached often enough, else zero: a branch would be mispredicted half the time.
            found |= (rank - 1 - CountAtLeast((int*)values, vectors, candidate)) >> 31 & 1 << bit;
        }

        return found;
    }

    /// <summary>
    /// The bit pattern of a threshold that exactly <paramref name="rank"/> values reach; where there are ties, the highest that at least as
    /// many reach. Which of several such thresholds depends on <paramref name="guess"/>.
    /// </summary>
    /// <param name="values">Non-negative, padded with zeros to whole vectors.</param>
    /// <param name="vectors">How many vectors of 16.</param>
    /// <param name="rank">From 1 on.</param>
    /// <param name="low">Bit pattern, at least 1, of a value that more than <paramref name="rank"/> values reach.</param>
    /// <param name="reachedLow">How many reach it.</param>
    /// <param name="guess">Where to look first; 0 for nowhere in particular.</param>
    /// <param name="reached">How many values reach the threshold: <paramref name="rank"/>, or more if there are ties.</param>
    public static int Part(float* values, int vectors, int rank, int low, int reachedLow, int guess, out int reached)
    {
        var high = Largest((int*)values, vectors) + 1;

        // As if above the largest there were a negative number of values, so that the first looks are nearer to the low end: towards the
        // largest values get rarer.
        var reachedHigh = -2 * reachedLow;
        for (var turn = 0; high - low > 1; turn++)
        {
            // Between two counts near each other values lie evenly enough. Halving now and then bounds the search whatever they are.
            var share = turn % 4 == 3 ? 0.5f : (reachedLow - rank) / (float)(reachedLow - reachedHigh);
            var probe = turn == 0 && guess > low && guess < high ? guess : low + 1 + (int)((high - low - 2) * share);
            var count = CountAtLeast((int*)values, vectors, probe);
            if (count == rank)
            {
                reached = count;
                return probe;
            }

            // All ones where more than wanted reach the probe, else zero: a branch would be mispredicted half the time.
            var above = (rank - count) >> 31;
            low += above & (probe - low);
            reachedLow += above & (count - reachedLow);
            high += ~above & (probe - high);
            reachedHigh += ~above & (count - reachedHigh);
        }

        reached = reachedLow;
        return low;
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
