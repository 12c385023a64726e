using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>The weighted mean of the values that each output row attends to, forward and backward, head by head.</summary>
internal sealed class ValueMixing
{
    private readonly int _heads;
    private readonly int _head;
    private readonly AttentionScores _scores;
    private readonly SegmentedSum _valueSums;
    private readonly Action<int, int> _mixRows;
    private readonly Action<int, int> _patternGradientRows;
    private Matrix _values = null!;
    private Matrix _mixed = null!;
    private Matrix _mixedGradient = null!;

    public ValueMixing(TransformerOptions options, AttentionScores scores, Workers workers)
    {
        _heads = options.Heads;
        _head = options.HeadWidth;
        _scores = scores;
        _valueSums = new SegmentedSum(workers, AddValueGradients);
        _mixRows = MixRows;
        _patternGradientRows = PatternGradientRows;
    }

    /// <summary>Writes the heads' outputs side by side, [output rows, heads * d_head], from values [input rows, heads * d_head].</summary>
    public void Forward(Matrix mixed, Matrix values)
    {
        (_mixed, _values) = (mixed, values);
        _scores.ForRows(_mixRows);
    }

    /// <summary>Writes the gradients of the values and of the pattern.</summary>
    public void Backward(Matrix valueGradient, Matrix mixedGradient)
    {
        _mixedGradient = mixedGradient;
        _scores.ForRows(_patternGradientRows);
        valueGradient.Clear();
        _valueSums.Run(valueGradient, _scores.Plan.ByKey);
    }

    private void MixRows(int block, int worker)
    {
        var (first, end) = _scores.RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var mixed = _mixed.Row(row);
            mixed.Clear();
            var keys = _scores.Plan.KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var values = _values.Row(keys[key]);
                for (var head = 0; head < _heads; head++)
                {
                    Elementwise.MultiplyAdd(
                        mixed.Slice(head * _head, _head), values.Slice(head * _head, _head), _scores.Pattern.Row(row * _heads + head)[key]);
                }
            }
        }
    }

    private void PatternGradientRows(int block, int worker)
    {
        var (first, end) = _scores.RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var gradient = _mixedGradient.Row(row);
            var keys = _scores.Plan.KeysOf(row);
            for (var key = 0; key < keys.Length; key++)
            {
                var values = _values.Row(keys[key]);
                for (var head = 0; head < _heads; head++)
                {
                    _scores.PatternGradient.Row(row * _heads + head)[key] =
                        RowKernels.Dot(gradient.Slice(head * _head, _head), values.Slice(head * _head, _head));
                }
            }
        }
    }

    private void AddValueGradients(Span<float> sum, ReadOnlySpan<int> entries)
    {
        foreach (var entry in entries)
        {
            var (row, key) = (entry / _scores.Plan.KeyCapacity, entry % _scores.Plan.KeyCapacity);
            var gradient = _mixedGradient.Row(row);
            for (var head = 0; head < _heads; head++)
            {
                Elementwise.MultiplyAdd(
                    sum.Slice(head * _head, _head), gradient.Slice(head * _head, _head), _scores.Pattern.Row(row * _heads + head)[key]);
            }
        }
    }
}
