using Husai.Numerics;

namespace Husai.Transformers;

/// <summary>
/// The part of attention between its projections: each output row's softmax over its keys and the weighted mean of their values,
/// forward and backward. Keys and values are rows of a table, shared by all output rows that name them.
/// </summary>
internal sealed class AttentionPattern
{
    private const int RowsPerBlock = 64;
    private const int SegmentsPerBlock = 8;
    private readonly int _heads;
    private readonly int _head;
    private readonly Workers _workers;
    private readonly Scratch _patternMemory = new();
    private readonly Scratch _gradientMemory = new();
    private readonly Scratch _partialMemory = new();
    private readonly Action<int, int> _scoreRows;
    private readonly Action<int, int> _mixRows;
    private readonly Action<int, int> _patternGradientRows;
    private readonly Action<int, int> _queryGradientRows;
    private readonly Action<int, int> _keyValueGradientSegments;
    private LayerPlan _plan = null!;
    private Matrix _pattern = null!;
    private Matrix _patternGradient = null!;
    private Matrix _partials = null!;
    private Matrix[] _patternGroups = [];
    private Matrix[] _gradientGroups = [];
    private Matrix _queries = null!;
    private Matrix _keysValues = null!;
    private Matrix _mixed = null!;
    private Matrix _mixedGradient = null!;
    private Matrix _queryGradient = null!;
    private Matrix _keyValueGradient = null!;

    public AttentionPattern(TransformerOptions options, Workers workers)
    {
        _heads = options.Heads;
        _head = options.HeadWidth;
        _workers = workers;
        _scoreRows = ScoreRows;
        _mixRows = MixRows;
        _patternGradientRows = PatternGradientRows;
        _queryGradientRows = QueryGradientRows;
        _keyValueGradientSegments = KeyValueGradientSegments;
    }

    private int Width => _heads * _head;

    public void Bind(LayerPlan plan, bool training)
    {
        _plan = plan;
        _pattern = _patternMemory.View(plan.OutputRows * _heads, plan.KeyCapacity);
        _patternGroups = GroupViews(_pattern);
        if (training)
        {
            _patternGradient = _gradientMemory.View(plan.OutputRows * _heads, plan.KeyCapacity);
            _gradientGroups = GroupViews(_patternGradient);
            _partials = _partialMemory.View(plan.ByKey.Partials, 2 * Width);
        }
    }

    /// <summary>Writes the heads' outputs, side by side.</summary>
    /// <param name="mixed">[output rows, width].</param>
    /// <param name="queries">[query rows, width], already divided by sqrt(d_head).</param>
    /// <param name="keysValues">[input rows, 2 width]: keys, then values.</param>
    public void Forward(Matrix mixed, Matrix queries, Matrix keysValues)
    {
        (_mixed, _queries, _keysValues) = (mixed, queries, keysValues);
        ForRows(_scoreRows);
        foreach (var group in _patternGroups)
        {
            Softmax.Forward(group, group, _workers);
        }

        ForRows(_mixRows);
    }

    /// <summary>Gradients of what <see cref="Forward"/> was given.</summary>
    /// <param name="queryGradient">[output rows, width]: for each output row, that of its query.</param>
    /// <param name="keyValueGradient">[input rows, 2 width].</param>
    /// <param name="mixedGradient">[output rows, width].</param>
    public void Backward(Matrix queryGradient, Matrix keyValueGradient, Matrix mixedGradient)
    {
        (_queryGradient, _keyValueGradient, _mixedGradient) = (queryGradient, keyValueGradient, mixedGradient);
        ForRows(_patternGradientRows);
        for (var group = 0; group < _gradientGroups.Length; group++)
        {
            Softmax.Backward(_gradientGroups[group], _patternGroups[group], _gradientGroups[group], _workers);
        }

        ForRows(_queryGradientRows);
        var index = _plan.ByKey;
        _workers.For((index.Segments.Length + SegmentsPerBlock - 1) / SegmentsPerBlock, _keyValueGradientSegments);
        foreach (var split in index.SplitRows)
        {
            var target = keyValueGradient.Row(split.Row);
            target.Clear();
            for (var partial = split.FirstPartial; partial < split.FirstPartial + split.Count; partial++)
            {
                Elementwise.Add(target, _partials.Row(partial));
            }
        }
    }

    private Matrix[] GroupViews(Matrix table) =>
        [.. _plan.Groups.Select(group => table.Slice(group.Start * _heads, group.Count * _heads, 0, group.Position + 1))];

    private void ForRows(Action<int, int> body) => _workers.For((_plan.OutputRows + RowsPerBlock - 1) / RowsPerBlock, body);

    private (int First, int End) RowsOf(int block) =>
        (block * RowsPerBlock, Math.Min((block + 1) * RowsPerBlock, _plan.OutputRows));

    private ReadOnlySpan<int> KeysOf(int row)
    {
        var keys = _plan.Keys.AsSpan(row * _plan.KeyCapacity, _plan.KeyCapacity);
        var count = keys.Length;
        while (keys[count - 1] < 0)
        {
            count--;
        }

        return keys[..count];
    }

    private void ScoreRows(int block, int worker)
    {
        var (first, end) = RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var query = _queries.Row(_plan.Query[row] - _plan.QueryStart);
            var keys = KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var keyValue = _keysValues.Row(keys[key]);
                for (var head = 0; head < _heads; head++)
                {
                    _pattern.Row(row * _heads + head)[key] =
                        Lanes.Dot(query.Slice(head * _head, _head), keyValue.Slice(head * _head, _head));
                }
            }
        }
    }

    private void MixRows(int block, int worker)
    {
        var (first, end) = RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var mixed = _mixed.Row(row);
            mixed.Clear();
            var keys = KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var values = _keysValues.Row(keys[key])[Width..];
                for (var head = 0; head < _heads; head++)
                {
                    Lanes.MultiplyAdd(
                        mixed.Slice(head * _head, _head), values.Slice(head * _head, _head), _pattern.Row(row * _heads + head)[key]);
                }
            }
        }
    }

    private void PatternGradientRows(int block, int worker)
    {
        var (first, end) = RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var gradient = _mixedGradient.Row(row);
            var keys = KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var values = _keysValues.Row(keys[key])[Width..];
                for (var head = 0; head < _heads; head++)
                {
                    _patternGradient.Row(row * _heads + head)[key] =
                        Lanes.Dot(gradient.Slice(head * _head, _head), values.Slice(head * _head, _head));
                }
            }
        }
    }

    private void QueryGradientRows(int block, int worker)
    {
        var (first, end) = RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var gradient = _queryGradient.Row(row);
            gradient.Clear();
            var keys = KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var keyValue = _keysValues.Row(keys[key]);
                for (var head = 0; head < _heads; head++)
                {
                    Lanes.MultiplyAdd(
                        gradient.Slice(head * _head, _head),
                        keyValue.Slice(head * _head, _head),
                        _patternGradient.Row(row * _heads + head)[key]);
                }
            }
        }
    }

    // A key row's gradient is gathered from the output rows that attend to it, in order: no two threads write one row.
    private void KeyValueGradientSegments(int block, int worker)
    {
        var index = _plan.ByKey;
        for (var i = block * SegmentsPerBlock; i < Math.Min((block + 1) * SegmentsPerBlock, index.Segments.Length); i++)
        {
            var segment = index.Segments[i];
            var sum = segment.Partial < 0 ? _keyValueGradient.Row(segment.Row) : _partials.Row(segment.Partial);
            sum.Clear();
            foreach (var entry in index.Entries.AsSpan(segment.Start, segment.Count))
            {
                AddKeyValueGradient(sum, entry / _plan.KeyCapacity, entry % _plan.KeyCapacity);
            }
        }
    }

    private void AddKeyValueGradient(Span<float> sum, int row, int key)
    {
        var query = _queries.Row(_plan.Query[row] - _plan.QueryStart);
        var mixedGradient = _mixedGradient.Row(row);
        for (var head = 0; head < _heads; head++)
        {
            var (start, patternRow) = (head * _head, row * _heads + head);
            Lanes.MultiplyAdd(sum.Slice(start, _head), query.Slice(start, _head), _patternGradient.Row(patternRow)[key]);
            Lanes.MultiplyAdd(sum.Slice(Width + start, _head), mixedGradient.Slice(start, _head), _pattern.Row(patternRow)[key]);
        }
    }
}
