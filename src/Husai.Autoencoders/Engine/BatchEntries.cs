namespace Husai.Autoencoders.Engine;

/// <summary>
/// The entries of a batch, block of rows by block of rows, and what a thread needs to find those of a section of the latents.
/// </summary>
internal sealed unsafe class BatchEntries
{
    private readonly RowSections[] _sections;
    private readonly PinnedBuffer<int>[] _counts;

    /// <param name="blocks">Blocks of rows.</param>
    /// <param name="latents">Latents of the dictionary.</param>
    /// <param name="latentsPerSection">A power of two.</param>
    /// <param name="threads">Threads that find sections at once.</param>
    public BatchEntries(int blocks, int latents, int latentsPerSection, int threads)
    {
        var sections = (latents + latentsPerSection - 1) / latentsPerSection;
        Blocks = [.. Enumerable.Range(0, blocks).Select(_ => new EntryBlock())];
        _sections = [.. Enumerable.Range(0, blocks).Select(_ => new RowSections(sections, latentsPerSection))];
        _counts = [.. Enumerable.Range(0, threads).Select(_ => new PinnedBuffer<int>(latents))];
    }

    public EntryBlock[] Blocks { get; }

    /// <summary>Forgets the counts of the last batch.</summary>
    public void Begin()
    {
        foreach (var counts in _counts)
        {
            counts.AsSpan(counts.Length).Clear();
        }
    }

    /// <summary>Finds the sections of a block whose entries are final, and counts them; once for each block of a batch.</summary>
    public void FindSections(int block, int worker) => _sections[block].Find(Blocks[block], _counts[worker].Pointer);

    /// <summary>First entry of each section in a row of a block; after the last section, the row's end.</summary>
    public int* SectionStarts(int block, int row) => _sections[block].Row(row);

    /// <summary>Entries of a latent, whichever thread counted them.</summary>
    public int Count(int latent)
    {
        var count = 0;
        foreach (var counts in _counts)
        {
            count += latent < counts.Length ? counts.Pointer[latent] : 0;
        }

        return count;
    }
}
