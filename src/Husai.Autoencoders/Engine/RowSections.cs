using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Where in each row of a block the entries of each section of the latents begin: entries are in order of latent, so that the thread that
/// has a section finds its own without moving any.
/// </summary>
internal sealed unsafe class RowSections(int sections, int latentsPerSection)
{
    private readonly PinnedBuffer<int> _starts = new();

    /// <summary>First entry of each section in a row; after the last section, the row's end.</summary>
    public int* Row(int row) => _starts.Pointer + (nint)row * (sections + 1);

    /// <summary>Finds the sections of all rows, and counts the entries of each latent.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="counts">One more for each entry of a latent.</param>
    public void Find(EntryBlock entries, int* counts)
    {
        _starts.Reserve((long)entries.Rows * (sections + 1));
        var latents = entries.Latents;
        for (var row = 0; row < entries.Rows; row++)
        {
            var (from, end) = (entries.RowStart(row), entries.RowStart(row + 1));
            for (var entry = from; entry < end; entry++)
            {
                counts[latents[entry]]++;
            }

            var starts = Row(row);
            starts[0] = from;
            for (var section = 1; section < sections; section++)
            {
                starts[section] = from + RowKernels.CountBelow(latents + from, end - from, section * latentsPerSection);
            }

            starts[sections] = end;
        }
    }
}
