namespace Husai.Analysis.Latents;

/// <summary>
/// For each of some latents the rows of its largest activations, each of another document. Which rows remain does not depend on the order
/// in which they come: of equal activations the earlier row is the larger.
/// </summary>
/// <param name="latents">Number of latents.</param>
/// <param name="most">Rows for each.</param>
/// <remarks>Safe from several threads at once for different latents.</remarks>
internal sealed class LargestRows(int latents, int most)
{
    private readonly FiringRow[] _rows = new FiringRow[checked(latents * most)];
    private readonly long[] _documents = new long[latents * most];
    private readonly int[] _counts = new int[latents];
    private readonly int[] _smallest = new int[latents];

    /// <summary>Takes a row into account.</summary>
    public void Add(int latent, FiringRow row, long document)
    {
        var rows = _rows.AsSpan(latent * most, most);
        var count = _counts[latent];
        var isFull = count == most;
        if (most == 0 || (isFull && rows[_smallest[latent]].IsLargerThan(row)))
        {
            return;
        }

        var place = _documents.AsSpan(latent * most, count).IndexOf(document);
        if (place >= 0 && rows[place].IsLargerThan(row))
        {
            return;
        }

        place = place >= 0 ? place : isFull ? _smallest[latent] : _counts[latent]++;
        (rows[place], _documents[latent * most + place]) = (row, document);
        _smallest[latent] = SmallestOf(rows[.._counts[latent]]);
    }

    /// <summary>The rows of a latent, the largest activation first.</summary>
    public FiringRow[] Of(int latent)
    {
        var rows = _rows.AsSpan(latent * most, _counts[latent]).ToArray();
        Array.Sort(rows, (one, other) => one == other ? 0 : one.IsLargerThan(other) ? -1 : 1);
        return rows;
    }

    private static int SmallestOf(ReadOnlySpan<FiringRow> rows)
    {
        var smallest = 0;
        for (var place = 1; place < rows.Length; place++)
        {
            smallest = rows[smallest].IsLargerThan(rows[place]) ? place : smallest;
        }

        return smallest;
    }
}
