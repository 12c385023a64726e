using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Folded;

/// <summary>
/// Attention when all output rows have the same query, as they have at '=' of a first layer: a key's score is then one number for each
/// head, and all that a row needs is the softmax over its few keys.
/// </summary>
internal sealed class SharedQueryScores
{
    private readonly int _heads;
    private readonly int _head;
    private readonly GrowingMatrix _scoreMemory = new();
    private readonly GrowingMatrix _patternMemory = new();
    private readonly GrowingMatrix _gradientMemory = new();
    private Matrix _scores = null!;
    private int _keys;

    public SharedQueryScores(TransformerOptions options) => (_heads, _head) = (options.Heads, options.HeadWidth);

    public LayerPlan Plan { get; private set; } = null!;

    /// <summary>The softmax over the keys, a column for each output row: [heads * keys, output rows].</summary>
    public Matrix Pattern { get; private set; } = null!;

    /// <summary>The gradient of <see cref="Pattern"/>, for whoever used it to write.</summary>
    public Matrix PatternGradient { get; private set; } = null!;

    public void Bind(LayerPlan plan, bool training)
    {
        (Plan, _keys) = (plan, plan.KeyCapacity);
        _scores = _scoreMemory.View(plan.InputRows, _heads);
        Pattern = _patternMemory.View(_heads * _keys, plan.OutputRows);
        if (training)
        {
            PatternGradient = _gradientMemory.View(_heads * _keys, plan.OutputRows);
        }
    }

    /// <summary>Scores all keys; <see cref="Attend"/> then makes patterns of them.</summary>
    /// <param name="query">[1, heads * d_head], already divided by sqrt(d_head).</param>
    /// <param name="keys">[input rows, heads * d_head].</param>
    public void Score(Matrix query, Matrix keys)
    {
        for (var row = 0; row < keys.Rows; row++)
        {
            for (var head = 0; head < _heads; head++)
            {
                _scores[row, head] = RowKernels.Dot(OfHead(query.Row(0), head), OfHead(keys.Row(row), head));
            }
        }
    }

    /// <summary>Computes the pattern of some output rows.</summary>
    public void Attend(int first, int count)
    {
        for (var key = 0; key < _keys; key++)
        {
            for (var head = 0; head < _heads; head++)
            {
                var target = Pattern.Row(head * _keys + key).Slice(first, count);
                for (var i = 0; i < count; i++)
                {
                    target[i] = _scores[Plan.Keys[(first + i) * _keys + key], head];
                }
            }
        }

        for (var head = 0; head < _heads; head++)
        {
            var pattern = Pattern.Slice(head * _keys, _keys, first, count);
            ColumnSoftmax.Forward(pattern, pattern);
        }
    }

    /// <summary>Turns <see cref="PatternGradient"/> of some output rows into the gradient of their scores.</summary>
    public void ScoreGradients(int first, int count)
    {
        for (var head = 0; head < _heads; head++)
        {
            var gradient = PatternGradient.Slice(head * _keys, _keys, first, count);
            ColumnSoftmax.Backward(gradient, Pattern.Slice(head * _keys, _keys, first, count), gradient);
        }
    }

    /// <summary>Writes the gradients of the query and of the keys, once <see cref="ScoreGradients"/> has seen all rows.</summary>
    public void Backward(Matrix query, Matrix keys, Matrix queryGradient, Matrix keyGradient)
    {
        queryGradient.Clear();
        keyGradient.Clear();
        var sums = new double[keys.Rows];
        for (var head = 0; head < _heads; head++)
        {
            Array.Clear(sums);
            for (var key = 0; key < _keys; key++)
            {
                var gradients = PatternGradient.Row(head * _keys + key);
                for (var row = 0; row < gradients.Length; row++)
                {
                    sums[Plan.Keys[row * _keys + key]] += gradients[row];
                }
            }

            for (var row = 0; row < keys.Rows; row++)
            {
                Elementwise.MultiplyAdd(OfHead(keyGradient.Row(row), head), OfHead(query.Row(0), head), (float)sums[row]);
                Elementwise.MultiplyAdd(OfHead(queryGradient.Row(0), head), OfHead(keys.Row(row), head), (float)sums[row]);
            }
        }
    }

    private Span<float> OfHead(Span<float> row, int head) => row.Slice(head * _head, _head);
}
