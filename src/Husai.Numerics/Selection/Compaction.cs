using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Selection;

/// <summary>Moves the values that reach a bound, and their indices, to consecutive places, in order.</summary>
internal static unsafe class Compaction
{
    /// <summary>Collects values of a row.</summary>
    /// <param name="row">Values.</param>
    /// <param name="columns">How many.</param>
    /// <param name="bound">Values below this, and those that are not numbers, are left out.</param>
    /// <param name="firstIndex">Index of the first value.</param>
    /// <param name="indices">Receives the indices; has room for a vector more than is found.</param>
    /// <param name="values">Receives the values; has room for a vector more than is found.</param>
    /// <returns>How many were found.</returns>
    public static int AtLeast(float* row, int columns, float bound, int firstIndex, int* indices, float* values)
    {
        var count = 0;
        var column = 0;
        if (Avx512F.IsSupported)
        {
            // No branch depends on the values: which of 16 reach the bound cannot be predicted.
            var limit = Vector512.Create(bound);
            var index = Vector512.Create(firstIndex) + Vector512<int>.Indices;
            for (; column + Lanes.Count <= columns; column += Lanes.Count)
            {
                count += Compress(Vector512.Load(row + column), index, limit, indices + count, values + count);
                index += Vector512.Create(Lanes.Count);
            }
        }
        else
        {
            for (; column + 4 * Lanes.Count <= columns; column += 4 * Lanes.Count)
            {
                for (var mask = Reached64(row + column, bound); mask != 0; mask &= mask - 1)
                {
                    var position = column + BitOperations.TrailingZeroCount(mask);
                    indices[count] = firstIndex + position;
                    values[count++] = row[position];
                }
            }
        }

        for (; column < columns; column++)
        {
            indices[count] = firstIndex + column;
            values[count] = row[column];
            count += row[column] >= bound ? 1 : 0;
        }

        return count;
    }

    /// <summary>Keeps, in place, the values that reach a bound.</summary>
    /// <param name="indices">Indices; the memory reaches to a whole vector.</param>
    /// <param name="values">Values, padded to a whole vector with some that do not reach the bound.</param>
    /// <param name="count">How many.</param>
    /// <param name="bound">The bound.</param>
    public static int AtLeast(int* indices, float* values, int count, float bound)
    {
        var kept = 0;
        if (Avx512F.IsSupported)
        {
            // What is kept moves to lower places or stays, so that a store never reaches values that are still to be read.
            var limit = Vector512.Create(bound);
            for (var n = 0; n < count; n += Lanes.Count)
            {
                kept += Compress(Vector512.Load(values + n), Vector512.Load(indices + n), limit, indices + kept, values + kept);
            }

            return kept;
        }

        for (var n = 0; n < count; n++)
        {
            var value = values[n];
            indices[kept] = indices[n];
            values[kept] = value;
            kept += value >= bound ? 1 : 0;
        }

        return kept;
    }

    // The comparison stands there three times, in two forms: kept in a variable it would be turned from a mask into a vector, and back for
    // each use.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Compress(Vector512<float> value, Vector512<int> index, Vector512<float> limit, int* indices, float* values)
    {
        Avx512F.Compress(Vector512<float>.Zero, Vector512.GreaterThanOrEqual(value, limit), value).Store(values);
        Avx512F.Compress(Vector512<int>.Zero, Vector512.LessThanOrEqual(limit, value).AsInt32(), index).Store(indices);
        return BitOperations.PopCount((uint)Vector512.LessThanOrEqual(limit, value).ExtractMostSignificantBits());
    }

    private static ulong Reached64(float* values, float bound)
    {
        var limit = Vector512.Create(bound);
        ulong mask = 0;
        for (var part = 0; part < 4; part++)
        {
            mask |= Vector512.GreaterThanOrEqual(Vector512.Load(values + part * Lanes.Count), limit).ExtractMostSignificantBits()
                << (part * Lanes.Count);
        }

        return mask;
    }
}
