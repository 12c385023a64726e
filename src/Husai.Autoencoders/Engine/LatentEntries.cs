namespace Husai.Autoencoders;

/// <summary>
/// The entries of a batch for one group of latents, by latent: a counting sort, so that the gradient of a latent is gathered from its entries, in
/// order of row, by one thread. No two threads write to the same place, and no result depends on how many there are.
/// </summary>
internal sealed unsafe class LatentEntries(int latentsPerGroup)
{
    private readonly PinnedBuffer<int> _positions = new(latentsPerGroup);
    private readonly PinnedBuffer<int> _starts = new(latentsPerGroup + 1);
    private readonly PinnedBuffer<int> _rows = new();
    private readonly PinnedBuffer<float> _values = new();
    private readonly PinnedBuffer<float> _gradients = new();
    private readonly PinnedBuffer<float> _first = new();
    private readonly PinnedBuffer<float> _second = new();

    /// <summary>Row of the batch of each entry.</summary>
    public int* Rows => _rows.Pointer;

    /// <summary>Weight of the row's output gradient in the decoder's gradient.</summary>
    public float* Values => _values.Pointer;

    /// <summary>Weight of the row's input in the encoder's gradient.</summary>
    public float* Gradients => _gradients.Pointer;

    /// <summary>See <see cref="EntryBlock.First"/>.</summary>
    public float* First => _first.Pointer;

    /// <summary>See <see cref="EntryBlock.Second"/>.</summary>
    public float* Second => _second.Pointer;

    /// <summary>Index of the first entry of a latent of the group; of the group's length, the number of entries.</summary>
    public int Start(int latent) => _starts.Pointer[latent];

    /// <summary>Sorts the entries of one group out of all blocks.</summary>
    /// <param name="blocks">Blocks of rows, in order.</param>
    /// <param name="blockCount">How many of them are in use.</param>
    /// <param name="group">Which group.</param>
    /// <param name="valueScale">Factor on the values.</param>
    /// <param name="gradientScale">Factor on the gradients.</param>
    /// <param name="extras">Whether <see cref="First"/> and <see cref="Second"/> are in use.</param>
    public void Sort(GroupedEntries[] blocks, int blockCount, int group, float valueScale, float gradientScale, bool extras)
    {
        var total = Count(blocks, blockCount, group);
        int* rows = _rows.Reserve(total), positions = _positions.Pointer;
        float* values = _values.Reserve(total), gradients = _gradients.Reserve(total);
        if (extras)
        {
            _first.Reserve(total);
            _second.Reserve(total);
        }

        for (var block = 0; block < blockCount; block++)
        {
            var entries = blocks[block];
            int* blockRows = entries.Rows, latents = entries.Latents;
            float* blockValues = entries.Values, blockGradients = entries.Gradients;
            var end = entries.Start(group + 1);
            for (var entry = entries.Start(group); entry < end; entry++)
            {
                var position = positions[latents[entry]]++;
                rows[position] = blockRows[entry];
                values[position] = valueScale * blockValues[entry];
                gradients[position] = gradientScale * blockGradients[entry];
                if (extras)
                {
                    First[position] = entries.First[entry];
                    Second[position] = entries.Second[entry];
                }
            }
        }
    }

    // Fills starts and positions; returns the number of entries.
    private int Count(GroupedEntries[] blocks, int blockCount, int group)
    {
        int* starts = _starts.Pointer, positions = _positions.Pointer;
        new Span<int>(starts, latentsPerGroup + 1).Clear();
        for (var block = 0; block < blockCount; block++)
        {
            var latents = blocks[block].Latents;
            var end = blocks[block].Start(group + 1);
            for (var entry = blocks[block].Start(group); entry < end; entry++)
            {
                starts[latents[entry] + 1]++;
            }
        }

        for (var latent = 0; latent < latentsPerGroup; latent++)
        {
            positions[latent] = starts[latent];
            starts[latent + 1] += starts[latent];
        }

        return starts[latentsPerGroup];
    }
}
