using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// The largest values of a whole batch, out of candidates that contain them. Each thread counts its blocks of rows: sums of whole numbers
/// are the same in any order.
/// </summary>
internal sealed class BatchSelection(int blocks, Workers workers)
{
    private const int Digits = 1 << 11;

    // Start of the search for the next batch's smallest kept value, relative to this one's.
    private const float Margin = 0.8f;

    private readonly long[][] _counts = [.. Enumerable.Range(0, workers.Threads).Select(_ => new long[Digits])];
    private readonly long[] _equal = new long[blocks];

    /// <summary>
    /// Keeps the <paramref name="wanted"/> largest values; of equal ones, those of lower row, then lower latent. Keeps all if there are
    /// fewer positive values than that.
    /// </summary>
    /// <param name="choice">Its bound and its running threshold are updated.</param>
    /// <param name="candidates">Blocks of rows.</param>
    /// <param name="count">How many of them are in use.</param>
    /// <param name="wanted">How many values.</param>
    /// <returns>False if the candidates are too few, because the bound they were chosen by was too high.</returns>
    public bool Keep(BatchChoice choice, EntryBlock[] candidates, int count, long wanted)
    {
        long total = 0;
        for (var block = 0; block < count; block++)
        {
            total += candidates[block].Count;
        }

        // A bound of the smallest float lets every positive value through.
        if (total < wanted && choice.Bound > float.Epsilon)
        {
            return false;
        }

        var smallest = total > wanted ? KeepLargest(candidates, count, wanted) : Smallest(candidates, count);
        if (float.IsFinite(smallest))
        {
            choice.UpdateThreshold(smallest);
            choice.Bound = Math.Max(smallest * Margin, float.Epsilon);
        }

        return true;
    }

    /// <summary>
    /// A bound that the <paramref name="wanted"/> largest values most likely reach, judging by some rows; the smallest float if it cannot
    /// be told.
    /// </summary>
    public float Bound(EntryBlock candidates, long wanted) =>
        candidates.Count > wanted ? Math.Max(Threshold([candidates], 1, wanted, out _) * Margin, float.Epsilon) : float.Epsilon;

    // Returns the smallest value kept.
    private float KeepLargest(EntryBlock[] candidates, int count, long wanted)
    {
        var threshold = Threshold(candidates, count, wanted, out var equalKept);
        workers.For(count, (block, _) => _equal[block] = candidates[block].CountEqual(threshold));

        // Each block learns how many of the equal ones those before it leave.
        for (var block = 0; block < count; block++)
        {
            var equal = _equal[block];
            _equal[block] = equalKept;
            equalKept = Math.Max(0, equalKept - equal);
        }

        workers.For(count, (block, _) => candidates[block].KeepLargest(threshold, _equal[block]));
        return threshold;
    }

    private static float Smallest(EntryBlock[] kept, int count)
    {
        var smallest = float.PositiveInfinity;
        for (var block = 0; block < count; block++)
        {
            smallest = Math.Min(smallest, kept[block].Smallest());
        }

        return smallest;
    }

    // Radix selection over the bit patterns, eleven bits at a time from the top; positive floats are in their order.
    private float Threshold(EntryBlock[] candidates, int count, long wanted, out long equalKept)
    {
        uint prefix = 0;
        var remaining = wanted;
        for (var shift = 21; ; shift = Math.Max(shift - 11, 0))
        {
            var above = shift == 21 ? 32 : shift == 10 ? 21 : 10;
            var counts = CountDigits(candidates, count, shift, above, prefix);
            var digit = (1 << (above - shift)) - 1;
            while (counts[digit] < remaining)
            {
                remaining -= counts[digit--];
            }

            prefix = prefix << (above - shift) | (uint)digit;
            if (shift == 0)
            {
                equalKept = remaining;
                return BitConverter.UInt32BitsToSingle(prefix);
            }
        }
    }

    // How often each digit occurs among values whose bits from 'above' on are the prefix.
    private long[] CountDigits(EntryBlock[] candidates, int count, int shift, int above, uint prefix)
    {
        foreach (var counts in _counts)
        {
            Array.Clear(counts);
        }

        workers.For(count, (block, worker) => candidates[block].CountDigits(_counts[worker], shift, above, prefix));
        var sums = _counts[0];
        for (var worker = 1; worker < _counts.Length; worker++)
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                sums[digit] += _counts[worker][digit];
            }
        }

        return sums;
    }
}
