namespace Husai.Autoencoders;

/// <summary>The largest values of a whole batch, out of candidates that contain them.</summary>
internal static unsafe class BatchSelection
{
    // Start of the search for the next batch's smallest kept value, relative to this one's.
    private const float Margin = 0.8f;

    /// <summary>
    /// Keeps the <paramref name="wanted"/> largest values; of equal ones, those of lower row, then lower latent. Keeps all if there are fewer
    /// positive values than that.
    /// </summary>
    /// <returns>False if the candidates are too few, because the bound they were chosen by was too high.</returns>
    public static bool Keep(BatchTopKArchitecture architecture, EntryBlock[] blocks, int blockCount, long wanted)
    {
        long total = 0;
        for (var block = 0; block < blockCount; block++)
        {
            total += blocks[block].Count;
        }

        // A bound of the smallest float lets every positive value through.
        if (total < wanted && architecture.Bound > float.Epsilon)
        {
            return false;
        }

        var threshold = float.Epsilon;
        if (total > wanted)
        {
            threshold = Select(blocks, blockCount, wanted, out var equalKept);
            for (var block = 0; block < blockCount; block++)
            {
                var equal = CountEqual(blocks[block], threshold);
                blocks[block].KeepLargest(threshold, equalKept);
                equalKept = Math.Max(0, equalKept - equal);
            }
        }

        var smallest = float.PositiveInfinity;
        for (var block = 0; block < blockCount; block++)
        {
            for (var n = 0; n < blocks[block].Count; n++)
            {
                smallest = Math.Min(smallest, blocks[block].Values[n]);
            }
        }

        if (float.IsFinite(smallest))
        {
            architecture.UpdateThreshold(smallest);
            architecture.Bound = Math.Max(smallest * Margin, float.Epsilon);
        }

        return true;
    }

    /// <summary>A bound that the <paramref name="wanted"/> largest values most likely reach, judging by some rows; the smallest float if it cannot be told.</summary>
    public static float Bound(EntryBlock[] blocks, int blockCount, long wanted)
    {
        long total = 0;
        for (var block = 0; block < blockCount; block++)
        {
            total += blocks[block].Count;
        }

        return total > wanted ? Math.Max(Select(blocks, blockCount, wanted, out _) * Margin, float.Epsilon) : float.Epsilon;
    }

    // Radix selection over the bit patterns, eleven bits at a time from the top; positive floats are in their order.
    private static float Select(EntryBlock[] blocks, int blockCount, long wanted, out long equalKept)
    {
        var counts = new long[1 << 11];
        uint prefix = 0;
        var remaining = wanted;
        for (var shift = 21; ; shift = Math.Max(shift - 11, 0))
        {
            Array.Clear(counts);
            var above = shift == 21 ? 32 : shift == 10 ? 21 : 10;
            var mask = (1u << (above - shift)) - 1;
            for (var block = 0; block < blockCount; block++)
            {
                var bits = (uint*)blocks[block].Values;
                for (var n = 0; n < blocks[block].Count; n++)
                {
                    if (above == 32 || bits[n] >> above == prefix)
                    {
                        counts[bits[n] >> shift & mask]++;
                    }
                }
            }

            var digit = (int)mask;
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

    private static long CountEqual(EntryBlock block, float value)
    {
        long count = 0;
        for (var n = 0; n < block.Count; n++)
        {
            count += block.Values[n] == value ? 1 : 0;
        }

        return count;
    }
}
