using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>The k largest entries of each row of a block that is seen part by part, in the memory of one thread.</summary>
internal sealed unsafe class PartialSelection(int rows)
{
    private readonly TopKList[] _lists = new TopKList[rows];
    private readonly PinnedBuffer<int> _indices = new();
    private readonly PinnedBuffer<float> _values = new();
    private readonly PinnedBuffer<float> _listed = new();
    private int _nextListed;

    /// <summary>Takes in a part; after the last, writes the entries.</summary>
    /// <param name="block">Some columns of the block's rows.</param>
    /// <param name="firstColumn">The first of them.</param>
    /// <param name="k">Entries to keep of each row.</param>
    /// <param name="entries">Receives the entries.</param>
    /// <param name="columns">Columns of all parts.</param>
    public void Add(Matrix block, int firstColumn, int k, EntryBlock entries, int columns)
    {
        Begin(block, firstColumn, k, block.Columns);
        for (var row = 0; row < block.Rows; row++)
        {
            _lists[row].Add(Parameter.Address(block, row), block.Columns, firstColumn);
        }

        if (firstColumn + block.Columns == columns)
        {
            End(block.Rows, entries, null);
        }
    }

    /// <summary>As <see cref="Add"/>, for the columns in a list only.</summary>
    public void AddListed(Matrix block, int firstColumn, int k, int[] listed, EntryBlock entries, int columns)
    {
        Begin(block, firstColumn, k, Math.Min(listed.Length, block.Columns));
        var from = firstColumn == 0 ? 0 : _nextListed;
        var to = from;
        while (to < listed.Length && listed[to] < firstColumn + block.Columns)
        {
            to++;
        }

        // As in AddRow, where all columns are there: what the k largest of one row reach, those of the next reach almost.
        var isWhole = firstColumn == 0 && block.Columns == columns;
        var guess = 0f;
        var picked = _listed.Reserve(to - from);
        for (var row = 0; row < block.Rows; row++)
        {
            var source = Parameter.Address(block, row) - firstColumn;
            for (var n = from; n < to; n++)
            {
                picked[n - from] = source[listed[n]];
            }

            if (isWhole)
            {
                _lists[row].AddRow(picked, to - from, guess);
                guess = _lists[row].Bound;
            }
            else
            {
                _lists[row].Add(picked, to - from, from);
            }
        }

        _nextListed = to;
        if (firstColumn + block.Columns == columns)
        {
            End(block.Rows, entries, listed);
        }
    }

    private void Begin(Matrix block, int firstColumn, int k, int mostColumns)
    {
        if (firstColumn > 0)
        {
            return;
        }

        // A list holds k entries and what a part adds before it is cut back.
        var room = Lanes.Padded(k + mostColumns) + Lanes.Count;
        var indices = _indices.Reserve((long)block.Rows * room);
        var values = _values.Reserve((long)block.Rows * room);
        for (var row = 0; row < block.Rows; row++)
        {
            _lists[row] = new TopKList(indices + (nint)row * room, values + (nint)row * room, k);
        }
    }

    private void End(int rowCount, EntryBlock entries, int[]? listed)
    {
        entries.Clear();
        for (var row = 0; row < rowCount; row++)
        {
            ref var list = ref _lists[row];
            entries.Reserve(list.Count);
            list.CopyTo(entries.Latents + entries.Count, entries.Values + entries.Count, listed);
            entries.EndRow(list.Count);
        }
    }
}
