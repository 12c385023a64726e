namespace Husai.Transformers.Computation.Plans;

/// <summary>
/// The inverse of a list of row numbers: for each row, the entries that name it, in order (a counting sort). Long lists are cut
/// into segments of fixed length, whose sums are added in order: a sum over a row's entries then has one shape, whoever computes it.
/// </summary>
internal sealed class RowIndex
{
    /// <summary>Most entries in a segment.</summary>
    public const int SegmentLength = 256;

    public RowIndex(int[] rowOfEntry, int rows, int offset)
    {
        var starts = new int[rows + 1];
        foreach (var row in rowOfEntry)
        {
            if (row >= 0)
            {
                starts[row - offset + 1]++;
            }
        }

        for (var row = 0; row < rows; row++)
        {
            starts[row + 1] += starts[row];
        }

        Entries = new int[starts[rows]];
        var next = starts.AsSpan(0, rows).ToArray();
        for (var entry = 0; entry < rowOfEntry.Length; entry++)
        {
            if (rowOfEntry[entry] >= 0)
            {
                Entries[next[rowOfEntry[entry] - offset]++] = entry;
            }
        }

        Rows = rows;
        (Segments, SplitRows, Partials) = Cut(starts);
    }

    public int Rows { get; }

    /// <summary>Entries, sorted by row.</summary>
    public int[] Entries { get; }

    /// <summary>Runs of entries of one row.</summary>
    public Segment[] Segments { get; }

    /// <summary>The rows of more than one segment.</summary>
    public SplitRow[] SplitRows { get; }

    /// <summary>Number of partial sums that the split rows need.</summary>
    public int Partials { get; }

    private static (Segment[] Segments, SplitRow[] Split, int Partials) Cut(int[] starts)
    {
        var segments = new List<Segment>(starts.Length);
        var split = new List<SplitRow>();
        var partials = 0;
        for (var row = 0; row < starts.Length - 1; row++)
        {
            var count = starts[row + 1] - starts[row];
            if (count <= SegmentLength)
            {
                segments.Add(new Segment(row, starts[row], count, Partial: -1));
                continue;
            }

            split.Add(new SplitRow(row, partials, (count + SegmentLength - 1) / SegmentLength));
            for (var start = starts[row]; start < starts[row + 1]; start += SegmentLength)
            {
                segments.Add(new Segment(row, start, Math.Min(SegmentLength, starts[row + 1] - start), partials++));
            }
        }

        return ([.. segments], [.. split], partials);
    }

    /// <summary>A run of entries of one row; its sum is the row's own, or a partial one.</summary>
    public readonly record struct Segment(int Row, int Start, int Count, int Partial);

    /// <summary>A row whose sum is that of consecutive partial sums.</summary>
    public readonly record struct SplitRow(int Row, int FirstPartial, int Count);
}
