namespace Husai.Autoencoders;

/// <summary>
/// Where in each row of a block the entries of each section of the latents begin: entries are in order of latent, so that the thread that has a
/// section finds its own without moving any.
/// </summary>
internal sealed unsafe class RowSections(int sections, int latentsPerSection)
{
    private readonly PinnedBuffer<int> _starts = new();
    private readonly int _shift = int.Log2(latentsPerSection);

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
            var starts = Row(row);
            new Span<int>(starts, sections + 1).Fill(entries.RowStart(row));

            // The last entry of a section is the last to write where the section ends; sections without entries end where the one before does.
            var end = entries.RowStart(row + 1);
            for (var entry = entries.RowStart(row); entry < end; entry++)
            {
                counts[latents[entry]]++;
                starts[(latents[entry] >> _shift) + 1] = entry + 1;
            }

            for (var section = 1; section <= sections; section++)
            {
                starts[section] = Math.Max(starts[section], starts[section - 1]);
            }
        }
    }
}
