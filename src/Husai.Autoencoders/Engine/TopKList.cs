using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Selection;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// The largest positive values of one row, gathered part by part. Values below a bound that at least k values reach are
/// passed over, 16 at a time, so that what is left to sort is little more than k.
/// </summary>
internal unsafe struct TopKList(int* indices, float* values, int k)
{
    private const int MaximaPerChunk = 64;

    // Bits of the bound that are worth finding, the exponent's eight included: a bound 3% too low lets one or two more candidates through.
    private const int BoundPrecision = 13;

    // What one row's k largest values reach, the next row's reach almost: most often one pass finds them, and few others.
    private const float GuessMargin = 0.8f;

    // The smallest positive float: zeros and negative values never fire.
    private int _bound = 1;

    /// <summary>A value that the k largest reach, once there are so many; at least the smallest float.</summary>
    public readonly float Bound => BitConverter.Int32BitsToSingle(_bound);

    /// <summary>Entries so far, in order of index.</summary>
    public int Count { get; private set; }

    /// <summary>Copies the entries out.</summary>
    /// <param name="targetIndices">Receives the indices.</param>
    /// <param name="targetValues">Receives the values.</param>
    /// <param name="names">What to write for each index; null for the index itself.</param>
    public readonly void CopyTo(int* targetIndices, float* targetValues, int[]? names)
    {
        for (var n = 0; n < Count; n++)
        {
            targetIndices[n] = names is null ? indices[n] : names[indices[n]];
            targetValues[n] = values[n];
        }
    }

    /// <summary>
    /// Takes in a whole row, of which k values probably reach a guess, or almost. It decides how long that takes, not what is found.
    /// </summary>
    /// <param name="row">Values.</param>
    /// <param name="columns">How many.</param>
    /// <param name="guess">0 for none.</param>
    public void AddRow(float* row, int columns, float guess)
    {
        var almost = guess * GuessMargin;
        if (almost > 0)
        {
            _bound = BitConverter.SingleToInt32Bits(almost);
            Gather(row, columns, 0);
            if (Count >= k)
            {
                Prune(BitConverter.SingleToInt32Bits(guess));
                return;
            }

            Count = 0;
            _bound = 1;
        }

        Add(row, columns, 0);
    }

    /// <summary>Takes in consecutive values; the caller's memory has room for k plus all of them plus a vector.</summary>
    /// <param name="row">Values.</param>
    /// <param name="columns">How many.</param>
    /// <param name="firstIndex">Index of the first; above all indices before it.</param>
    public void Add(float* row, int columns, int firstIndex)
    {
        if (Count < k)
        {
            _bound = Math.Max(_bound, LowerBound(row, columns));
        }

        Gather(row, columns, firstIndex);
        Prune();
    }

    // The k-th largest of the maxima of disjoint groups: k values, one of each such group, reach it.
    private readonly int LowerBound(float* row, int columns)
    {
        var chunks = (2 * k + MaximaPerChunk - 1) / MaximaPerChunk;
        var vectorsPerChunk = columns / Lanes.Count / chunks;
        if (vectorsPerChunk < 8 || chunks > 64)
        {
            return 1;
        }

        var maxima = stackalloc float[chunks * MaximaPerChunk];
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var start = row + (nint)chunk * vectorsPerChunk * Lanes.Count;
            Vector512<float> max0 = Vector512<float>.Zero, max1 = max0, max2 = max0, max3 = max0;
            for (var vector = 0; vector + 4 <= vectorsPerChunk; vector += 4)
            {
                max0 = Vector512.MaxNative(max0, Vector512.Load(start));
                max1 = Vector512.MaxNative(max1, Vector512.Load(start + 16));
                max2 = Vector512.MaxNative(max2, Vector512.Load(start + 32));
                max3 = Vector512.MaxNative(max3, Vector512.Load(start + 48));
                start += 64;
            }

            max0.Store(maxima + chunk * MaximaPerChunk);
            max1.Store(maxima + chunk * MaximaPerChunk + 16);
            max2.Store(maxima + chunk * MaximaPerChunk + 32);
            max3.Store(maxima + chunk * MaximaPerChunk + 48);
        }

        return Math.Max(1, LargestValue.Below(maxima, chunks * MaximaPerChunk / Lanes.Count, k, BoundPrecision));
    }

    private void Gather(float* row, int columns, int firstIndex) => Count += Compaction.AtLeast(
        row, columns, BitConverter.Int32BitsToSingle(_bound), firstIndex, indices + Count, values + Count);

    // Keeps the k largest; of those equal to the smallest kept, the ones of lower index.
    private void Prune(int guess = 0)
    {
        if (Count <= k)
        {
            return;
        }

        var padded = Lanes.Padded(Count);
        new Span<float>(values + Count, padded - Count).Clear();
        _bound = LargestValue.Part(values, padded / Lanes.Count, k, _bound, Count, guess, out var reached);
        var threshold = BitConverter.Int32BitsToSingle(_bound);
        Count = reached == k ? Compaction.AtLeast(indices, values, Count, threshold) : KeepTied(threshold);
    }

    private readonly int KeepTied(float threshold)
    {
        var equal = k;
        for (var n = 0; n < Count; n++)
        {
            equal -= values[n] > threshold ? 1 : 0;
        }

        var kept = 0;
        for (var n = 0; n < Count; n++)
        {
            var value = values[n];
            if (value > threshold || (value == threshold && equal-- > 0))
            {
                indices[kept] = indices[n];
                values[kept++] = value;
            }
        }

        return kept;
    }
}
