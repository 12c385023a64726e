using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>
/// The entries of a batch by latent: a counting sort, so that the gradient of a latent is gathered from its entries, in order of row,
/// by one thread. No two threads write to the same place, and no result depends on how many there are.
/// </summary>
internal sealed unsafe class LatentEntries(int latents)
{
    private const int RowsPerChunk = 128;
    private const int MostChunks = 16;
    private readonly PinnedBuffer<int> _positions = new();
    private readonly PinnedBuffer<int> _starts = new(latents + 1);
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

    /// <summary>Index of the first entry of a latent; of latent M, the number of entries.</summary>
    public int Start(int latent) => _starts.Pointer[latent];

    /// <summary>Sorts the entries of all blocks.</summary>
    /// <param name="blocks">Blocks of rows, in order.</param>
    /// <param name="blockCount">How many of them are in use.</param>
    /// <param name="rowsPerBlock">Rows of each but the last.</param>
    /// <param name="valueScale">Factor on the values.</param>
    /// <param name="gradientScale">Factor on the gradients.</param>
    /// <param name="extras">Whether <see cref="First"/> and <see cref="Second"/> are in use.</param>
    /// <param name="workers">Threads to use.</param>
    public void Sort(EntryBlock[] blocks, int blockCount, int rowsPerBlock, float valueScale, float gradientScale, bool extras, Workers workers)
    {
        // The number of chunks decides nothing but speed: entries keep the order of their rows.
        var chunks = Math.Clamp(blockCount * rowsPerBlock / RowsPerChunk, 1, Math.Min(MostChunks, Math.Max(1, blockCount)));
        _positions.Reserve((long)chunks * latents);
        workers.For(chunks, (chunk, _) => Count(blocks, Bounds(chunk, chunks, blockCount), chunk));
        var total = PrefixSums(chunks);
        _rows.Reserve(total);
        _values.Reserve(total);
        _gradients.Reserve(total);
        if (extras)
        {
            _first.Reserve(total);
            _second.Reserve(total);
        }

        workers.For(chunks, (chunk, _) => Place(blocks, Bounds(chunk, chunks, blockCount), chunk, rowsPerBlock, valueScale, gradientScale, extras));
    }

    private static (int From, int To) Bounds(int chunk, int chunks, int blockCount) =>
        ((int)((long)blockCount * chunk / chunks), (int)((long)blockCount * (chunk + 1) / chunks));

    private void Count(EntryBlock[] blocks, (int From, int To) range, int chunk)
    {
        var counts = _positions.Pointer + (nint)chunk * latents;
        new Span<int>(counts, latents).Clear();
        for (var block = range.From; block < range.To; block++)
        {
            var entryLatents = blocks[block].Latents;
            for (var n = 0; n < blocks[block].Count; n++)
            {
                counts[entryLatents[n]]++;
            }
        }
    }

    private int PrefixSums(int chunks)
    {
        var total = 0;
        var positions = _positions.Pointer;
        var starts = _starts.Pointer;
        for (var latent = 0; latent < latents; latent++)
        {
            starts[latent] = total;
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                var count = positions[(nint)chunk * latents + latent];
                positions[(nint)chunk * latents + latent] = total;
                total += count;
            }
        }

        starts[latents] = total;
        return total;
    }

    private void Place(EntryBlock[] blocks, (int From, int To) range, int chunk, int rowsPerBlock, float valueScale, float gradientScale, bool extras)
    {
        var positions = _positions.Pointer + (nint)chunk * latents;
        int* rows = Rows;
        float* values = Values, gradients = Gradients;
        for (var block = range.From; block < range.To; block++)
        {
            var entries = blocks[block];
            var entry = 0;
            for (var row = 0; row < entries.Rows; row++)
            {
                var end = entries.RowStart(row + 1);
                var batchRow = block * rowsPerBlock + row;
                for (; entry < end; entry++)
                {
                    var position = positions[entries.Latents[entry]]++;
                    rows[position] = batchRow;
                    values[position] = valueScale * entries.Values[entry];
                    gradients[position] = gradientScale * entries.Gradients[entry];
                    if (extras)
                    {
                        First[position] = entries.First[entry];
                        Second[position] = entries.Second[entry];
                    }
                }
            }
        }
    }
}
