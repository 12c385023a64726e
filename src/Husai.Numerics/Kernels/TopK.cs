namespace Husai.Numerics;

/// <summary>Selection of the largest entries of a row.</summary>
public static class TopK
{
    /// <summary>
    /// Finds the <paramref name="k"/> largest values. Equal values are taken from the lower index on; the result is in order of index.
    /// A NaN counts as smaller than every number.
    /// </summary>
    /// <param name="row">Values to choose from.</param>
    /// <param name="k">How many, 0 to the row's length.</param>
    /// <param name="indices">Receives the indices, ascending; length k.</param>
    /// <param name="values">Receives the values at those indices; length k.</param>
    public static void Select(ReadOnlySpan<float> row, int k, Span<int> indices, Span<float> values)
    {
        var copy = row.ToArray();
        var order = Enumerable.Range(0, row.Length).OrderByDescending(i => float.IsNaN(copy[i]) ? float.NegativeInfinity : copy[i])
            .ThenBy(i => i).Take(k).Order().ToArray();
        for (var i = 0; i < k; i++)
        {
            indices[i] = order[i];
            values[i] = row[order[i]];
        }
    }
}
