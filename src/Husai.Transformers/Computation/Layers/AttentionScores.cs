using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>
/// Which keys each output row attends to: scores and softmax, forward and backward. Keys are rows of a table, shared by all output
/// rows that name them.
/// </summary>
internal sealed class AttentionScores
{
    private const int RowsPerBlock = 64;
    private readonly int _heads;
    private readonly int _head;
    private readonly Workers _workers;
    private readonly GrowingMatrix _patternMemory = new();
    private readonly GrowingMatrix _gradientMemory = new();
    private readonly SegmentedSum _keySums;
    private readonly Action<int, int> _scoreRows;
    private readonly Action<int, int> _queryGradientRows;
    private LayerPlan _plan = null!;
    private Matrix[] _patternGroups = [];
    private Matrix[] _gradientGroups = [];
    private Matrix _queries = null!;
    private Matrix _keys = null!;
    private Matrix _queryGradient = null!;

    public AttentionScores(TransformerOptions options, Workers workers)
    {
        _heads = options.Heads;
        _head = options.HeadWidth;
        _workers = workers;
        _keySums = new SegmentedSum(workers, AddKeyGradients);
        _scoreRows = ScoreRows;
        _queryGradientRows = QueryGradientRows;
    }

    /// <summary>The softmax over the keys, a row for each (output row, head): [output rows * heads, keys].</summary>
    public Matrix Pattern { get; private set; } = null!;

    /// <summary>The gradient of <see cref="Pattern"/>, for whoever used it to write before <see cref="Backward"/>.</summary>
    public Matrix PatternGradient { get; private set; } = null!;

    public LayerPlan Plan => _plan;

    public void Bind(LayerPlan plan, bool training)
    {
        _plan = plan;
        Pattern = _patternMemory.View(plan.OutputRows * _heads, plan.KeyCapacity);
        _patternGroups = GroupViews(Pattern);
        if (training)
        {
            PatternGradient = _gradientMemory.View(plan.OutputRows * _heads, plan.KeyCapacity);
            _gradientGroups = GroupViews(PatternGradient);
        }
    }

    /// <summary>Computes <see cref="Pattern"/>.</summary>
    /// <param name="queries">[query rows, heads * d_head], already divided by sqrt(d_head).</param>
    /// <param name="keys">[input rows, heads * d_head].</param>
    public void Forward(Matrix queries, Matrix keys)
    {
        (_queries, _keys) = (queries, keys);
        ForRows(_scoreRows);
        foreach (var group in _patternGroups)
        {
            Softmax.Forward(group, group, _workers);
        }
    }

    /// <summary>Gradients from <see cref="PatternGradient"/>, which is overwritten.</summary>
    /// <param name="queryGradient">[output rows, heads * d_head]: for each output row, that of its query.</param>
    /// <param name="keyGradient">[input rows, heads * d_head].</param>
    public void Backward(Matrix queryGradient, Matrix keyGradient)
    {
        for (var group = 0; group < _gradientGroups.Length; group++)
        {
            Softmax.Backward(_gradientGroups[group], _patternGroups[group], _gradientGroups[group], _workers);
        }

        _queryGradient = queryGradient;
        ForRows(_queryGradientRows);
        keyGradient.Clear();
        _keySums.Run(keyGradient, _plan.ByKey);
    }

    /// <summary>Runs a body over blocks of output rows.</summary>
    public void ForRows(Action<int, int> body) => _workers.For((_plan.OutputRows + RowsPerBlock - 1) / RowsPerBlock, body);

    /// <summary>The output rows of a block.</summary>
    public (int First, int End) RowsOf(int block) => (block * RowsPerBlock, Math.Min((block + 1) * RowsPerBlock, _plan.OutputRows));

    private Matrix[] GroupViews(Matrix table) =>
        [.. _plan.Groups.Select(group => table.Slice(group.Start * _heads, group.Count * _heads, 0, group.Position + 1))];

    private void ScoreRows(int block, int worker)
    {
        var (first, end) = RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var query = _queries.Row(_plan.Query[row] - _plan.QueryStart);
            var keys = _plan.KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var vector = _keys.Row(keys[key]);
                for (var head = 0; head < _heads; head++)
                {
                    Pattern.Row(row * _heads + head)[key] =
                        RowKernels.Dot(query.Slice(head * _head, _head), vector.Slice(head * _head, _head));
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
            var keys = _plan.KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var vector = _keys.Row(keys[key]);
                for (var head = 0; head < _heads; head++)
                {
                    Elementwise.MultiplyAdd(
                        gradient.Slice(head * _head, _head), vector.Slice(head * _head, _head),
                        PatternGradient.Row(row * _heads + head)[key]);
                }
            }
        }
    }

    private void AddKeyGradients(Span<float> sum, ReadOnlySpan<int> entries)
    {
        foreach (var entry in entries)
        {
            var (row, key) = (entry / _plan.KeyCapacity, entry % _plan.KeyCapacity);
            var query = _queries.Row(_plan.Query[row] - _plan.QueryStart);
            for (var head = 0; head < _heads; head++)
            {
                Elementwise.MultiplyAdd(
                    sum.Slice(head * _head, _head), query.Slice(head * _head, _head), PatternGradient.Row(row * _heads + head)[key]);
            }
        }
    }
}
