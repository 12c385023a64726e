using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// The entries of a batch for one section of the latents, by latent: a counting sort, so that the gradient of a latent is gathered from its
/// entries, in order of row, by one thread. No two threads write to the same place, and no result depends on how many there are.
/// </summary>
internal sealed unsafe class LatentEntries(int latentsPerSection)
{
    private readonly PinnedBuffer<int> _positions = new(latentsPerSection);
    private readonly PinnedBuffer<int> _starts = new(latentsPerSection + 1);
    private readonly PinnedBuffer<RowWeights> _entries = new();
    private readonly PinnedBuffer<float> _first = new();
    private readonly PinnedBuffer<float> _second = new();

    /// <summary>
    /// The entries, latent by latent, in order of row: left is the value, the weight of the row's output gradient in the decoder's
    /// gradient; right is the gradient, the weight of the row's input in the encoder's.
    /// </summary>
    public RowWeights* Entries => _entries.Pointer;

    /// <summary>See <see cref="EntryBlock.First"/>.</summary>
    public float* First => _first.Pointer;

    /// <summary>See <see cref="EntryBlock.Second"/>.</summary>
    public float* Second => _second.Pointer;

    /// <summary>Index of the first entry of a latent of the section; of the section's length, the number of entries.</summary>
    public int Start(int latent) => _starts.Pointer[latent];

    /// <summary>Whether a latent of the section has an entry above zero.</summary>
    public bool Fires(int latent)
    {
        for (var entry = Start(latent); entry < Start(latent + 1); entry++)
        {
            if (Entries[entry].Left > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sorts the entries of one section out of all blocks.</summary>
    /// <param name="batch">Entries of all sections.</param>
    /// <param name="blockCount">How many blocks of rows are in use.</param>
    /// <param name="rowsPerBlock">Rows of each block but the last.</param>
    /// <param name="section">Which section.</param>
    /// <param name="valueScale">Factor on the values.</param>
    /// <param name="gradientScale">Factor on the gradients.</param>
    /// <param name="extras">Whether <see cref="First"/> and <see cref="Second"/> are in use.</param>
    public void Sort(BatchEntries batch, int blockCount, int rowsPerBlock, int section, float valueScale, float gradientScale, bool extras)
    {
        var firstLatent = section * latentsPerSection;
        var total = AddUp(batch, firstLatent);
        var positions = _positions.Pointer - firstLatent;
        var sorted = _entries.Reserve(total);
        if (extras)
        {
            _first.Reserve(total);
            _second.Reserve(total);
        }

        for (var block = 0; block < blockCount; block++)
        {
            var entries = batch.Blocks[block];
            var latents = entries.Latents;
            float* blockValues = entries.Values, blockGradients = entries.Gradients;
            for (var row = 0; row < entries.Rows; row++)
            {
                // In variables, or they would be read and computed again after every store.
                var starts = batch.SectionStarts(block, row) + section;
                var (from, end, number) = (starts[0], starts[1], block * rowsPerBlock + row);
                for (var entry = from; entry < end; entry++)
                {
                    var position = positions[latents[entry]]++;
                    sorted[position] = new(number, valueScale * blockValues[entry], gradientScale * blockGradients[entry]);
                    if (extras)
                    {
                        First[position] = entries.First[entry];
                        Second[position] = entries.Second[entry];
                    }
                }
            }
        }
    }

    // Fills starts and positions; returns the number of entries.
    private int AddUp(BatchEntries batch, int firstLatent)
    {
        int* starts = _starts.Pointer, positions = _positions.Pointer;
        starts[0] = 0;
        for (var latent = 0; latent < latentsPerSection; latent++)
        {
            positions[latent] = starts[latent];
            starts[latent + 1] = starts[latent] + batch.Count(firstLatent + latent);
        }

        return starts[latentsPerSection];
    }
}
