namespace Husai.Autoencoders;

/// <summary>
/// The entries of one block of rows by group of neighbouring latents, in order of row within a group: half of the way to entries by latent, gone
/// while the block is in cache. The other half is <see cref="LatentEntries"/>.
/// </summary>
internal sealed unsafe class GroupedEntries(int groups, int latentsPerGroup)
{
    private readonly PinnedBuffer<int> _starts = new(groups + 1);
    private readonly PinnedBuffer<int> _rows = new();
    private readonly PinnedBuffer<int> _latents = new();
    private readonly PinnedBuffer<float> _values = new();
    private readonly PinnedBuffer<float> _gradients = new();
    private readonly PinnedBuffer<float> _first = new();
    private readonly PinnedBuffer<float> _second = new();

    /// <summary>Row of the batch of each entry.</summary>
    public int* Rows => _rows.Pointer;

    /// <summary>Latent of each entry, counted from the group's first.</summary>
    public int* Latents => _latents.Pointer;

    /// <summary>See <see cref="EntryBlock.Values"/>.</summary>
    public float* Values => _values.Pointer;

    /// <summary>See <see cref="EntryBlock.Gradients"/>.</summary>
    public float* Gradients => _gradients.Pointer;

    /// <summary>See <see cref="EntryBlock.First"/>.</summary>
    public float* First => _first.Pointer;

    /// <summary>See <see cref="EntryBlock.Second"/>.</summary>
    public float* Second => _second.Pointer;

    /// <summary>Index of a group's first entry; of the number of groups, the number of entries.</summary>
    public int Start(int group) => _starts.Pointer[group];

    /// <summary>Takes in the entries of a block.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="firstRow">Row of the batch that is the block's first.</param>
    /// <param name="extras">Whether <see cref="First"/> and <see cref="Second"/> are in use.</param>
    public void Fill(EntryBlock entries, int firstRow, bool extras)
    {
        var count = entries.Count;
        _rows.Reserve(count);
        _latents.Reserve(count);
        _values.Reserve(count);
        _gradients.Reserve(count);
        if (extras)
        {
            _first.Reserve(count);
            _second.Reserve(count);
        }

        var shift = int.Log2(latentsPerGroup);
        var positions = stackalloc int[groups];
        CountGroups(entries, shift, positions);
        int* latents = entries.Latents;
        float* values = entries.Values, gradients = entries.Gradients;
        int* ownRows = Rows, ownLatents = Latents;
        float* ownValues = Values, ownGradients = Gradients;
        for (var row = 0; row < entries.Rows; row++)
        {
            var end = entries.RowStart(row + 1);
            for (var entry = entries.RowStart(row); entry < end; entry++)
            {
                var latent = latents[entry];
                var position = positions[latent >> shift]++;
                ownRows[position] = firstRow + row;
                ownLatents[position] = latent & (latentsPerGroup - 1);
                ownValues[position] = values[entry];
                ownGradients[position] = gradients[entry];
                if (extras)
                {
                    First[position] = entries.First[entry];
                    Second[position] = entries.Second[entry];
                }
            }
        }
    }

    private void CountGroups(EntryBlock entries, int shift, int* positions)
    {
        int* starts = _starts.Pointer, latents = entries.Latents;
        new Span<int>(starts, groups + 1).Clear();
        for (var entry = 0; entry < entries.Count; entry++)
        {
            starts[(latents[entry] >> shift) + 1]++;
        }

        for (var group = 0; group < groups; group++)
        {
            positions[group] = starts[group];
            starts[group + 1] += starts[group];
        }
    }
}
