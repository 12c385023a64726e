namespace Husai.Analysis.Matching.Candidates;

/// <summary>Pairs of a row and a column with their values, in any order; a pair may occur twice.</summary>
internal sealed class CandidatePairs
{
    private readonly List<int> _rows = [];

    public int Count => _rows.Count;

    public List<int> Columns { get; } = [];

    public List<float> Values { get; } = [];

    public void Add(int row, int column, float value)
    {
        _rows.Add(row);
        Columns.Add(column);
        Values.Add(value);
    }

    /// <summary>The pairs' numbers row by row: where each row's start, and all of them.</summary>
    public (int[] Start, int[] Order) ByRow(int rows)
    {
        var start = new int[rows + 1];
        foreach (var row in _rows)
        {
            start[row + 1]++;
        }

        for (var row = 0; row < rows; row++)
        {
            start[row + 1] += start[row];
        }

        var next = start.AsSpan(0, rows).ToArray();
        var order = new int[Count];
        for (var pair = 0; pair < order.Length; pair++)
        {
            order[next[_rows[pair]]++] = pair;
        }

        return (start, order);
    }
}
