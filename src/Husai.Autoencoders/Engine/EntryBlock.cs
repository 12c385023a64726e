namespace Husai.Autoencoders.Engine;

/// <summary>The active latents of one block of rows: row after row, in order of latent within a row.</summary>
internal sealed unsafe class EntryBlock
{
    private readonly PinnedBuffer<int> _latents = new();
    private readonly PinnedBuffer<float> _values = new();
    private readonly PinnedBuffer<float> _gradients = new();
    private readonly PinnedBuffer<float> _first = new();
    private readonly PinnedBuffer<float> _second = new();
    private readonly PinnedBuffer<int> _rowStarts = new(1);

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Number of finished rows.</summary>
    public int Rows { get; private set; }

    /// <summary>
    /// What the values of the last row reach, where a fixed number of the largest is chosen, be it one of other entries cleared since; 0 at
    /// first.
    /// </summary>
    public float Bound { get; set; }

    /// <summary>Latent of each entry.</summary>
    public int* Latents => _latents.Pointer;

    /// <summary>Weight of each entry's decoder row in the reconstruction: the latent's value.</summary>
    public float* Values => _values.Pointer;

    /// <summary>Gradient of the loss in the entry's pre-activation, up to the table's scale.</summary>
    public float* Gradients => _gradients.Pointer;

    /// <summary>What an architecture keeps for parameters of its own.</summary>
    public float* First => _first.Pointer;

    /// <summary>As <see cref="First"/>.</summary>
    public float* Second => _second.Pointer;

    /// <summary>Index of the first entry of a row; of row <see cref="Rows"/>, the number of entries.</summary>
    public int RowStart(int row) => _rowStarts.Pointer[row];

    /// <summary>Forgets all entries.</summary>
    public void Clear() => Count = Rows = 0;

    /// <summary>Makes room for more entries. Pointers taken before may be stale.</summary>
    public void Reserve(int more, bool extras = false)
    {
        var length = (long)Count + more;
        _latents.Reserve(length);
        _values.Reserve(length);
        _gradients.Reserve(length);
        if (extras)
        {
            _first.Reserve(length);
            _second.Reserve(length);
        }
    }

    /// <summary>Ends a row to which <paramref name="added"/> entries were written.</summary>
    public void EndRow(int added)
    {
        Count += added;
        Rows++;
        _rowStarts.Reserve(Rows + 1L)[Rows] = Count;
    }

    /// <summary>Takes the rows of another block in place of its own: what was chosen, no gradients yet.</summary>
    /// <param name="source">The other block.</param>
    /// <param name="extras">Whether <see cref="First"/> and <see cref="Second"/> are in use.</param>
    public void CopyFrom(EntryBlock source, bool extras)
    {
        Clear();
        Reserve(source.Count, extras);
        (Count, Rows) = (source.Count, source.Rows);
        _rowStarts.Reserve(Rows + 1L);
        source._rowStarts.AsSpan(Rows + 1).CopyTo(_rowStarts.AsSpan(Rows + 1));
        source._latents.AsSpan(Count).CopyTo(_latents.AsSpan(Count));
        source._values.AsSpan(Count).CopyTo(_values.AsSpan(Count));
        if (extras)
        {
            source._first.AsSpan(Count).CopyTo(_first.AsSpan(Count));
        }
    }

    /// <summary>Drops the entries below a threshold, and of those equal to it all but the first <paramref name="equalKept"/>.</summary>
    public void KeepLargest(float threshold, long equalKept)
    {
        int* latents = Latents;
        float* values = Values;
        var kept = 0;
        var starts = _rowStarts.Pointer;
        var entry = 0;
        for (var row = 0; row < Rows; row++)
        {
            var end = starts[row + 1];
            for (; entry < end; entry++)
            {
                var value = values[entry];
                if (value > threshold || (value == threshold && equalKept-- > 0))
                {
                    latents[kept] = latents[entry];
                    values[kept++] = value;
                }
            }

            starts[row + 1] = kept;
        }

        Count = kept;
    }

    /// <summary>How many values equal a number.</summary>
    public int CountEqual(float number) => _values.AsSpan(Count).Count(number);

    /// <summary>The smallest value; infinity if there is none.</summary>
    public float Smallest()
    {
        var values = Values;
        var smallest = float.PositiveInfinity;
        for (var n = 0; n < Count; n++)
        {
            smallest = Math.Min(smallest, values[n]);
        }

        return smallest;
    }

    /// <summary>
    /// Counts a digit of the values' bit patterns: the bits from <paramref name="shift"/> up to <paramref name="above"/>.
    /// </summary>
    /// <param name="counts">One more for each value of that digit.</param>
    /// <param name="shift">The digit's lowest bit.</param>
    /// <param name="above">The bit above its highest; 32 for none.</param>
    /// <param name="prefix">What the bits from <paramref name="above"/> on must be.</param>
    public void CountDigits(long[] counts, int shift, int above, uint prefix)
    {
        var mask = (1u << (above - shift)) - 1;
        var bits = (uint*)Values;
        for (var n = 0; n < Count; n++)
        {
            if (above == 32 || bits[n] >> above == prefix)
            {
                counts[bits[n] >> shift & mask]++;
            }
        }
    }
}
