namespace Husai.Transformers.Computation.Plans;

/// <summary>
/// A table with one row for each thing that a sequence can have at a position, and the row of each sequence there. Rows are ordered by
/// position. The table of embeddings has a row for each distinct (token, position); a later layer's has one for each distinct prefix,
/// since a causal model computes the same for equal prefixes.
/// </summary>
internal sealed class TokenRows
{
    private TokenRows(int sequences, int positions)
    {
        Sequences = sequences;
        RowOf = new int[positions][];
        Groups = new RowGroup[positions];
        Representatives = new List<int>(sequences);
    }

    public int Sequences { get; }

    /// <summary>Row of each sequence, by position.</summary>
    public int[][] RowOf { get; }

    /// <summary>The rows of each position.</summary>
    public RowGroup[] Groups { get; }

    /// <summary>A sequence that has each row.</summary>
    public List<int> Representatives { get; }

    public int Rows => Representatives.Count;

    /// <summary>A row for each distinct token at each position.</summary>
    /// <param name="tokens">Tokens by position, one for each sequence.</param>
    public static TokenRows OfTokens(int[][] tokens) => Build(tokens, prefixes: false);

    /// <summary>A row for each distinct prefix at each position.</summary>
    /// <param name="tokens">Tokens by position, one for each sequence.</param>
    public static TokenRows OfPrefixes(int[][] tokens) => Build(tokens, prefixes: true);

    /// <summary>A row for each sequence at each position, shared by none.</summary>
    public static TokenRows OfSequences(int sequences, int positions)
    {
        var table = new TokenRows(sequences, positions);
        for (var position = 0; position < positions; position++)
        {
            table.Groups[position] = new RowGroup(position, table.Rows, sequences);
            table.RowOf[position] = [.. Enumerable.Range(table.Rows, sequences)];
            table.Representatives.AddRange(Enumerable.Range(0, sequences));
        }

        return table;
    }

    // Rows of a position are numbered in the order in which they first appear.
    private static TokenRows Build(int[][] tokens, bool prefixes)
    {
        var sequences = tokens[0].Length;
        var table = new TokenRows(sequences, tokens.Length);
        var vocabulary = tokens.Max(at => at.Max()) + 1;
        for (var position = 0; position < tokens.Length; position++)
        {
            var start = table.Rows;
            var parent = prefixes && position > 0 ? table.RowOf[position - 1] : null;
            var parentStart = parent is null ? 0 : table.Groups[position - 1].Start;
            var parents = parent is null ? 1 : table.Groups[position - 1].Count;
            var constant = tokens[position].AsSpan().IndexOfAnyExcept(tokens[position][0]) < 0;
            var rowOf = table.RowOf[position] = new int[sequences];

            // A token that is the same everywhere, or a prefix that already differs everywhere, makes no new distinction.
            var inherits = parent is not null && (constant || parents == sequences);
            var first = new int[inherits ? parents : parents * vocabulary];
            Array.Fill(first, -1);
            for (var sequence = 0; sequence < sequences; sequence++)
            {
                var prefix = parent is null ? 0 : parent[sequence] - parentStart;
                ref var row = ref first[inherits ? prefix : prefix * vocabulary + tokens[position][sequence]];
                if (row < 0)
                {
                    row = table.Rows;
                    table.Representatives.Add(sequence);
                }

                rowOf[sequence] = row;
            }

            table.Groups[position] = new RowGroup(position, start, table.Rows - start);
        }

        return table;
    }
}
