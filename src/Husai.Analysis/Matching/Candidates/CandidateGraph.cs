namespace Husai.Analysis.Matching.Candidates;

/// <summary>The pairs that may be matched: for each row some columns, ascending, with their values.</summary>
internal sealed class CandidateGraph
{
    private CandidateGraph(int columns, int[] start, int[] column, float[] value) =>
        (Columns, Start, Column, Value) = (columns, start, column, value);

    public int Rows => Start.Length - 1;

    public int Columns { get; }

    /// <summary>Where each row's pairs start, then their number.</summary>
    public int[] Start { get; }

    public int[] Column { get; }

    public float[] Value { get; }

    public int Pairs => Column.Length;

    /// <summary>A graph of one pair for each row.</summary>
    /// <param name="columns">Number of columns, at least that of rows.</param>
    /// <param name="columnOfRow">The column of each row. All are different, so that the graph has a matching of all rows.</param>
    /// <param name="value">The value of each row's pair.</param>
    public static CandidateGraph OfMatching(int columns, int[] columnOfRow, float[] value) =>
        new(columns, [.. Enumerable.Range(0, columnOfRow.Length + 1)], columnOfRow, value);

    /// <summary>This graph and more pairs; those that it has already are passed over.</summary>
    public CandidateGraph With(CandidatePairs more)
    {
        var (offsets, order) = more.ByRow(Rows);
        var start = new int[Rows + 1];
        var column = new int[checked(Pairs + more.Count)];
        var value = new float[column.Length];
        var added = new List<(int Column, float Value)>();
        var end = 0;
        for (var row = 0; row < Rows; row++)
        {
            added.Clear();
            for (var at = offsets[row]; at < offsets[row + 1]; at++)
            {
                added.Add((more.Columns[order[at]], more.Values[order[at]]));
            }

            added.Sort((one, other) => one.Column.CompareTo(other.Column));
            end = Merge(row, added, column, value, end);
            start[row + 1] = end;
        }

        Array.Resize(ref column, end);
        Array.Resize(ref value, end);
        return new CandidateGraph(Columns, start, column, value);
    }

    /// <summary>The same pairs by columns: for each column its rows, ascending.</summary>
    public CandidateGraph Transpose()
    {
        var start = new int[Columns + 1];
        foreach (var column in Column)
        {
            start[column + 1]++;
        }

        for (var column = 0; column < Columns; column++)
        {
            start[column + 1] += start[column];
        }

        var next = start.AsSpan(0, Columns).ToArray();
        var rows = new int[Pairs];
        var value = new float[Pairs];
        for (var row = 0; row < Rows; row++)
        {
            for (var at = Start[row]; at < Start[row + 1]; at++)
            {
                var to = next[Column[at]]++;
                (rows[to], value[to]) = (row, Value[at]);
            }
        }

        return new CandidateGraph(Rows, start, rows, value);
    }

    private int Merge(int row, List<(int Column, float Value)> added, int[] column, float[] value, int end)
    {
        var first = end;
        var at = Start[row];
        foreach (var pair in added)
        {
            for (; at < Start[row + 1] && Column[at] <= pair.Column; at++)
            {
                (column[end], value[end++]) = (Column[at], Value[at]);
            }

            if (end == first || column[end - 1] != pair.Column)
            {
                (column[end], value[end++]) = pair;
            }
        }

        for (; at < Start[row + 1]; at++)
        {
            (column[end], value[end++]) = (Column[at], Value[at]);
        }

        return end;
    }
}
