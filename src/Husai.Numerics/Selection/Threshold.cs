using System.Numerics;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Selection;

/// <summary>Searches the value that separates the largest entries from the rest, by bisection on counts.</summary>
internal static unsafe class Threshold
{
    /// <summary>Entries that are at least <paramref name="threshold"/>; a NaN is not.</summary>
    public static int CountAtLeast(float* values, int count, float threshold)
    {
        var limit = Vector512.Create(threshold);
        var found = 0;
        var index = 0;
        for (; index <= count - 16; index += 16)
        {
            found += BitOperations.PopCount(
                Vector512.GreaterThanOrEqual(Vector512.Load(values + index), limit).ExtractMostSignificantBits());
        }

        for (; index < count; index++)
        {
            found += values[index] >= threshold ? 1 : 0;
        }

        return found;
    }

    /// <summary>
    /// The greatest value found that at least <paramref name="wanted"/> entries reach, stopping early once at most
    /// <paramref name="enough"/> do. With <paramref name="enough"/> = <paramref name="wanted"/> it is either a value that exactly that many
    /// reach, or the one at which the ties are.
    /// </summary>
    /// <param name="values">Entries.</param>
    /// <param name="count">Number of entries.</param>
    /// <param name="wanted">At least 1.</param>
    /// <param name="enough">At least <paramref name="wanted"/>.</param>
    /// <param name="low">A value that at least <paramref name="wanted"/> entries reach.</param>
    /// <param name="high">A value that no entry exceeds.</param>
    /// <param name="reached">Entries that reach the result.</param>
    public static float Find(float* values, int count, int wanted, int enough, float low, float high, out int reached)
    {
        var lowBits = OrderedBits.FromSingle(low);
        var highBits = OrderedBits.FromSingle(high) + 1;
        reached = CountAtLeast(values, count, low);
        while (reached > enough && highBits - (long)lowBits > 1)
        {
            var middleBits = (int)(((long)lowBits + highBits) >> 1);
            var atLeast = CountAtLeast(values, count, OrderedBits.ToSingle(middleBits));
            if (atLeast >= wanted)
            {
                lowBits = middleBits;
                reached = atLeast;
            }
            else
            {
                highBits = middleBits;
            }
        }

        return OrderedBits.ToSingle(lowBits);
    }

    /// <summary>
    /// A value that at least <paramref name="wanted"/> entries reach and few more: the entries are dealt into groups, and if that many
    /// groups have a maximum that reaches it, that many entries do. False where the row is too short for enough groups.
    /// </summary>
    /// <param name="values">Entries.</param>
    /// <param name="count">Number of entries.</param>
    /// <param name="wanted">At least 1.</param>
    /// <param name="bound">The value.</param>
    /// <param name="greatest">The greatest entry.</param>
    public static bool TryLowerBound(float* values, int count, int wanted, out float bound, out float greatest)
    {
        const int mostVectors = 8;
        var vectors = 1;
        while (vectors < mostVectors && vectors * 16 < 2 * wanted)
        {
            vectors *= 2;
        }

        bound = greatest = float.NegativeInfinity;
        if (vectors * 16 < wanted || count < vectors * 32)
        {
            return false;
        }

        var maxima = stackalloc float[mostVectors * 16];
        for (var vector = 0; vector < vectors; vector++)
        {
            Vector512.Create(float.NegativeInfinity).Store(maxima + vector * 16);
        }

        GroupMaxima(values, count, vectors, maxima);
        var (least, most) = (Vector512.Load(maxima), Vector512.Load(maxima));
        for (var vector = 1; vector < vectors; vector++)
        {
            var group = Vector512.Load(maxima + vector * 16);
            least = Vector512.ConditionalSelect(Vector512.LessThan(group, least), group, least);
            most = Greater(group, most);
        }

        greatest = -Least(-most);
        bound = Find(maxima, vectors * 16, wanted, wanted + wanted / 8, Least(least), greatest, out _);
        for (var index = count - count % (vectors * 16); index < count; index++)
        {
            greatest = values[index] > greatest ? values[index] : greatest;
        }

        return true;
    }

    // A NaN compares false and never replaces a maximum. Four accumulators at a time hide the latency.
    private static void GroupMaxima(float* values, int count, int vectors, float* maxima)
    {
        var stride = vectors * 16;
        var end = count - count % stride;
        if (vectors % 4 == 0)
        {
            for (var group = 0; group < stride; group += 64)
            {
                var a = Vector512.Load(maxima + group);
                var (b, c, d) = (a, a, a);
                for (var index = group; index < end; index += stride)
                {
                    a = Greater(Vector512.Load(values + index), a);
                    b = Greater(Vector512.Load(values + index + 16), b);
                    c = Greater(Vector512.Load(values + index + 32), c);
                    d = Greater(Vector512.Load(values + index + 48), d);
                }

                a.Store(maxima + group);
                b.Store(maxima + group + 16);
                c.Store(maxima + group + 32);
                d.Store(maxima + group + 48);
            }

            return;
        }

        for (var index = 0; index < end; index += 16)
        {
            var target = maxima + index % stride;
            Greater(Vector512.Load(values + index), Vector512.Load(target)).Store(target);
        }
    }

    // No lane is NaN.
    private static float Least(Vector512<float> lanes)
    {
        var eight = Vector256.Min(lanes.GetLower(), lanes.GetUpper());
        var four = Vector128.Min(eight.GetLower(), eight.GetUpper());
        return Math.Min(Math.Min(four[0], four[1]), Math.Min(four[2], four[3]));
    }

    private static Vector512<float> Greater(Vector512<float> value, Vector512<float> maximum) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(value, maximum), value, maximum);
}
