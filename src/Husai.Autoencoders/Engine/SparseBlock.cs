namespace Husai.Autoencoders;

/// <summary>The entries of one block of rows, and where each section of the latents finds its own.</summary>
internal sealed class SparseBlock(int sections, int latentsPerSection)
{
    public EntryBlock Entries { get; } = new();

    public RowSections Sections { get; } = new(sections, latentsPerSection);
}
