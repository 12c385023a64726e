using Husai.Numerics;

namespace Husai.Transformers;

/// <summary>
/// Attention's weighted means taken behind its output matrix: a table says what each (token, position) adds to neurons and logits
/// through each head, and a row of the batch is a sum of a dozen rows of it.
/// </summary>
internal sealed class FoldedMixing
{
    private readonly int _heads;
    private readonly int _width;
    private readonly AttentionScores _scores;
    private readonly SegmentedSum _tableSums;
    private readonly Action<int, int> _mixRows;
    private readonly Action<int, int> _gradientRows;
    private Matrix _table = null!;
    private Matrix _base = null!;
    private Matrix _mixed = null!;
    private Matrix _mixedGradient = null!;

    public FoldedMixing(TransformerOptions options, int width, AttentionScores scores, Workers workers)
    {
        _heads = options.Heads;
        _width = width;
        _scores = scores;
        _tableSums = new SegmentedSum(workers, AddTableGradients);
        _mixRows = MixRows;
        _gradientRows = GradientRows;
    }

    /// <summary>Writes what the stream and attention add to neurons and logits.</summary>
    /// <param name="mixed">[output rows, width].</param>
    /// <param name="streamPart">The stream's own part, [query rows, width].</param>
    /// <param name="table">What a key adds through each head, [input rows, heads * width].</param>
    public void Forward(Matrix mixed, Matrix streamPart, Matrix table)
    {
        (_mixed, _base, _table) = (mixed, streamPart, table);
        _scores.ForRows(_mixRows);
    }

    /// <summary>Writes the gradients of the pattern and of the table.</summary>
    public void Backward(Matrix tableGradient, Matrix mixedGradient)
    {
        _mixedGradient = mixedGradient;
        _scores.ForRows(_gradientRows);
        tableGradient.Clear();
        _tableSums.Run(tableGradient, _scores.Plan.ByKey);
    }

    private void MixRows(int block, int worker)
    {
        var plan = _scores.Plan;
        var terms = plan.KeyCapacity * _heads;
        Span<int> offsets = stackalloc int[terms];
        Span<float> weights = stackalloc float[terms];
        var (first, end) = _scores.RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var count = Offsets(plan.KeysOf(row), offsets);
            for (var term = 0; term < count; term++)
            {
                weights[term] = _scores.Pattern.Row(row * _heads + term % _heads)[term / _heads];
            }

            RowCombinations.WeightedSum(
                _mixed.Row(row), _base.Row(plan.Query[row] - plan.QueryStart), _table.AsSpan(), offsets[..count], weights[..count]);
        }
    }

    private void GradientRows(int block, int worker)
    {
        var plan = _scores.Plan;
        var terms = plan.KeyCapacity * _heads;
        Span<int> offsets = stackalloc int[terms];
        Span<float> dots = stackalloc float[terms];
        var (first, end) = _scores.RowsOf(block);
        for (var row = first; row < end; row++)
        {
            var count = Offsets(plan.KeysOf(row), offsets);
            RowCombinations.Dots(dots, _mixedGradient.Row(row), _table.AsSpan(), offsets[..count]);
            for (var term = 0; term < count; term++)
            {
                _scores.PatternGradient.Row(row * _heads + term % _heads)[term / _heads] = dots[term];
            }
        }
    }

    // Key by key, head by head.
    private int Offsets(ReadOnlySpan<int> keys, Span<int> offsets)
    {
        var count = 0;
        foreach (var key in keys)
        {
            for (var head = 0; head < _heads; head++)
            {
                offsets[count++] = (key * _heads + head) * _width;
            }
        }

        return count;
    }

    private void AddTableGradients(Span<float> sum, ReadOnlySpan<int> entries)
    {
        // A few entries at a time: each element of the sum is loaded and stored once for all of them.
        const int most = 8;
        Span<int> offsets = stackalloc int[most];
        Span<float> weights = stackalloc float[most];
        var capacity = _scores.Plan.KeyCapacity;
        for (var start = 0; start < entries.Length; start += most)
        {
            var some = entries.Slice(start, Math.Min(most, entries.Length - start));
            for (var head = 0; head < _heads; head++)
            {
                for (var i = 0; i < some.Length; i++)
                {
                    var row = some[i] / capacity;
                    offsets[i] = row * _width;
                    weights[i] = _scores.Pattern.Row(row * _heads + head)[some[i] % capacity];
                }

                RowCombinations.AddWeighted(
                    sum.Slice(head * _width, _width), _mixedGradient.AsSpan(), offsets[..some.Length], weights[..some.Length]);
            }
        }
    }
}
