namespace Husai.Transformers.Computation.Plans;

/// <summary>Which rows of its input table each output row of a layer reads: one query, and the keys up to its position.</summary>
internal sealed class LayerPlan
{
    // Made when a backward pass first asks: a forward pass needs neither.
    private RowIndex? _byQuery;
    private RowIndex? _byKey;

    private LayerPlan(TokenRows input, RowGroup[] groups, int outputRows, int queryStart)
    {
        InputRows = input.Rows;
        OutputRows = outputRows;
        Groups = groups;
        QueryStart = queryStart;
        KeyCapacity = groups[^1].Position + 1;
        Query = new int[outputRows];
        Keys = new int[outputRows * KeyCapacity];
    }

    public int InputRows { get; }

    public int OutputRows { get; }

    /// <summary>The output rows of each position.</summary>
    public RowGroup[] Groups { get; }

    /// <summary>The first input row that anyone queries from; all that are needed as queries follow.</summary>
    public int QueryStart { get; }

    public int QueryRows => InputRows - QueryStart;

    /// <summary>Most keys that a row reads.</summary>
    public int KeyCapacity { get; }

    /// <summary>The input row that each output row continues.</summary>
    public int[] Query { get; }

    /// <summary>
    /// The input rows that each output row attends to, <c>[output rows, capacity]</c>; a row at position t uses t + 1 of them.
    /// </summary>
    public int[] Keys { get; }

    /// <summary>Output rows by the query row (less <see cref="QueryStart"/>) that they read.</summary>
    public RowIndex ByQuery => _byQuery ??= new RowIndex(Query, QueryRows, QueryStart);

    /// <summary>Entries of <see cref="Keys"/> by the input row that they name.</summary>
    public RowIndex ByKey => _byKey ??= new RowIndex(Keys, InputRows, offset: 0);

    /// <summary>The input rows that an output row attends to.</summary>
    public ReadOnlySpan<int> KeysOf(int row)
    {
        var keys = Keys.AsSpan(row * KeyCapacity, KeyCapacity);
        var end = keys.IndexOf(-1);
        return end < 0 ? keys : keys[..end];
    }

    /// <summary>A layer that computes every row of <paramref name="output"/>.</summary>
    public static LayerPlan Everywhere(TokenRows input, TokenRows output)
    {
        var plan = new LayerPlan(input, output.Groups, output.Rows, queryStart: 0);
        foreach (var group in output.Groups)
        {
            for (var row = group.Start; row < group.Start + group.Count; row++)
            {
                plan.Connect(row, group.Position, input, output.Representatives[row]);
            }
        }

        return plan;
    }

    /// <summary>A layer that computes one row for each sequence, at the last position.</summary>
    public static LayerPlan AtLastPosition(TokenRows input)
    {
        var last = input.Groups[^1];
        var plan = new LayerPlan(input, [new RowGroup(last.Position, 0, input.Sequences)], input.Sequences, last.Start);
        for (var sequence = 0; sequence < input.Sequences; sequence++)
        {
            plan.Connect(sequence, last.Position, input, sequence);
        }

        return plan;
    }

    private void Connect(int row, int position, TokenRows input, int sequence)
    {
        Query[row] = input.RowOf[position][sequence];
        for (var key = 0; key < KeyCapacity; key++)
        {
            Keys[row * KeyCapacity + key] = key <= position ? input.RowOf[key][sequence] : -1;
        }
    }
}
