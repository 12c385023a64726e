using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.Selection;

/// <summary>Selection of the largest entries of a row.</summary>
internal static unsafe class TopK
{
    // Candidates that are held on the stack; more than this means ties or an unusual row, and the whole row is searched.
    private const int MostCandidates = 512;

    /// <summary>
    /// Finds the <paramref name="k"/> largest values. Equal values (0 and -0 are equal) are taken from the lower index on; the result is in
    /// order of index. A NaN counts as smaller than every number.
    /// </summary>
    /// <param name="row">Values to choose from.</param>
    /// <param name="k">How many, 0 to the row's length.</param>
    /// <param name="indices">Receives the indices, ascending; length k.</param>
    /// <param name="values">Receives the values at those indices; length k.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative or above the row's length.</exception>
    /// <exception cref="ArgumentException">An output has another length than <paramref name="k"/>.</exception>
    public static void Select(ReadOnlySpan<float> row, int k, Span<int> indices, Span<float> values)
    {
        if (k < 0 || k > row.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(k), $"k = {k} of a row of {row.Length}");
        }

        Require.Length(indices.Length, k, nameof(indices));
        Require.Length(values.Length, k, nameof(values));
        fixed (float* start = row)
        {
            if (k > 0 && !TrySelectCandidates(start, row.Length, k, indices, values))
            {
                SelectFromAll(start, row.Length, k, indices, values);
            }
        }
    }

    // The usual case: a bound that few entries reach, then an exact choice among those.
    private static bool TrySelectCandidates(float* row, int count, int k, Span<int> indices, Span<float> values)
    {
        if (k > MostCandidates / 4 || !Threshold.TryLowerBound(row, count, k, out var bound, out var greatest))
        {
            return false;
        }

        var candidateIndices = stackalloc int[MostCandidates + 64];
        var candidateValues = stackalloc float[MostCandidates + 64];
        var found = Collect(row, count, bound, candidateIndices, candidateValues);
        if (found < k || found > MostCandidates)
        {
            return false;
        }

        // Whole vectors: the padding reaches no threshold.
        Vector512.Create(float.NaN).Store(candidateValues + found);
        Choose(candidateValues, (found + 15) / 16 * 16, k, bound, greatest, out var threshold, out var ties);
        fixed (int* indicesStart = indices)
        fixed (float* valuesStart = values)
        {
            var taken = 0;
            for (var candidate = 0; candidate < found && taken < k; candidate++)
            {
                // Write always, advance if chosen: the choice is unpredictable, a branch would miss.
                var value = candidateValues[candidate];
                indicesStart[taken] = candidateIndices[candidate];
                valuesStart[taken] = value;
                var tie = value == threshold && ties > 0;
                ties -= tie ? 1 : 0;
                taken += value > threshold || tie ? 1 : 0;
            }
        }

        return true;
    }

    private static int Collect(float* row, int count, float bound, int* indices, float* values)
    {
        var limit = Vector512.Create(bound);
        var found = 0;
        var index = 0;
        for (; index <= count - 64 && found <= MostCandidates; index += 64)
        {
            // 64 entries at a time: the loop over set bits ends in one mispredicted branch, so make them few.
            var mask = Reached(row + index, limit) | (Reached(row + index + 16, limit) << 16)
                | (Reached(row + index + 32, limit) << 32) | (Reached(row + index + 48, limit) << 48);
            for (; mask != 0; mask &= mask - 1)
            {
                var at = index + BitOperations.TrailingZeroCount(mask);
                indices[found] = at;
                values[found++] = row[at];
            }
        }

        for (; index < count && found <= MostCandidates; index++)
        {
            if (row[index] >= bound)
            {
                indices[found] = index;
                values[found++] = row[index];
            }
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Reached(float* values, Vector512<float> limit) =>
        Vector512.GreaterThanOrEqual(Vector512.Load(values), limit).ExtractMostSignificantBits();

    private static void Choose(float* values, int count, int k, float low, float high, out float threshold, out int ties)
    {
        threshold = Threshold.Find(values, count, k, k, low, high, out var reached);
        ties = k;
        if (reached > k)
        {
            // Several entries equal the threshold: as many as fit after those above it, lowest index first.
            for (var index = 0; index < count; index++)
            {
                ties -= values[index] > threshold ? 1 : 0;
            }
        }
    }

    // Long selections, short rows, many ties, NaN: exact bisection over the whole row.
    private static void SelectFromAll(float* row, int count, int k, Span<int> indices, Span<float> values)
    {
        var numbers = Threshold.CountAtLeast(row, count, float.NegativeInfinity);
        var threshold = float.NegativeInfinity;
        var ties = k;
        if (numbers >= k)
        {
            Choose(row, count, k, float.NegativeInfinity, float.PositiveInfinity, out threshold, out ties);
        }

        var missing = Math.Max(0, k - numbers);
        var taken = 0;
        for (var index = 0; index < count && taken < k; index++)
        {
            var value = row[index];
            var chosen = value > threshold;
            if (value == threshold && ties > 0)
            {
                ties--;
                chosen = true;
            }
            else if (float.IsNaN(value) && missing > 0)
            {
                missing--;
                chosen = true;
            }

            if (chosen)
            {
                indices[taken] = index;
                values[taken++] = value;
            }
        }
    }
}
