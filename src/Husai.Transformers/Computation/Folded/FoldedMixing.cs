using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Folded;

/// <summary>
/// Attention's weighted means taken behind its output matrix: a table says what each (token, position) adds to neurons and logits
/// through each head, and a row of the batch is a sum of a dozen rows of it.
/// </summary>
internal sealed class FoldedMixing(TransformerOptions options, int width, SharedQueryScores scores)
{
    // Each element of a sum is loaded and stored once for so many rows.
    private const int RowsAtOnce = 8;

    private readonly int _heads = options.Heads;

    /// <summary>Writes what the stream and attention add to neurons and logits in some output rows.</summary>
    /// <param name="mixed">[rows, width].</param>
    /// <param name="streamPart">The stream's own part, [width].</param>
    /// <param name="table">What a key adds through each head, [input rows, heads * width].</param>
    /// <param name="first">The output row that is the first of <paramref name="mixed"/>.</param>
    public void Forward(Matrix mixed, ReadOnlySpan<float> streamPart, Matrix table, int first)
    {
        var terms = scores.Plan.KeyCapacity * _heads;
        Span<int> offsets = stackalloc int[terms];
        Span<float> weights = stackalloc float[terms];
        for (var row = 0; row < mixed.Rows; row++)
        {
            Offsets(first + row, offsets);
            for (var term = 0; term < terms; term++)
            {
                weights[term] = scores.Pattern[term, first + row];
            }

            RowKernels.WeightedSum(mixed.Row(row), streamPart, table.AsSpan(), offsets, weights);
        }
    }

    /// <summary>Writes the gradient of the pattern of some output rows.</summary>
    public void PatternGradients(Matrix mixedGradient, Matrix table, int first)
    {
        var terms = scores.Plan.KeyCapacity * _heads;
        Span<int> offsets = stackalloc int[terms];
        Span<float> dots = stackalloc float[terms];
        for (var row = 0; row < mixedGradient.Rows; row++)
        {
            Offsets(first + row, offsets);
            RowKernels.Dots(dots, mixedGradient.Row(row), table.AsSpan(), offsets);
            for (var term = 0; term < terms; term++)
            {
                scores.PatternGradient[term, first + row] = dots[term];
            }
        }
    }

    /// <summary>Adds what some entries of the plan's keys, all of one key, add to the gradient of its row of the table.</summary>
    /// <param name="sum">[heads * width].</param>
    /// <param name="mixedGradient">[output rows, width].</param>
    /// <param name="entries">The entries; none add nothing.</param>
    public void AddForKey(Span<float> sum, Matrix mixedGradient, ReadOnlySpan<int> entries)
    {
        if (entries.IsEmpty)
        {
            return;
        }

        var keys = scores.Plan.KeyCapacity;
        var position = entries[0] % keys;
        Span<int> offsets = stackalloc int[RowsAtOnce];
        Span<float> weights = stackalloc float[RowsAtOnce];
        for (var start = 0; start < entries.Length; start += RowsAtOnce)
        {
            var some = entries.Slice(start, Math.Min(RowsAtOnce, entries.Length - start));
            for (var i = 0; i < some.Length; i++)
            {
                offsets[i] = some[i] / keys * width;
            }

            for (var head = 0; head < _heads; head++)
            {
                var pattern = scores.Pattern.Row(head * keys + position);
                for (var i = 0; i < some.Length; i++)
                {
                    weights[i] = pattern[some[i] / keys];
                }

                var part = sum.Slice(head * width, width);
                RowKernels.WeightedSum(part, part, mixedGradient.AsSpan(), offsets[..some.Length], weights[..some.Length]);
            }
        }
    }

    /// <summary>Adds all rows of a gradient to a sum.</summary>
    public void AddRows(Span<float> sum, Matrix mixedGradient)
    {
        Span<int> offsets = stackalloc int[RowsAtOnce];
        Span<float> ones = stackalloc float[RowsAtOnce];
        ones.Fill(1);
        for (var start = 0; start < mixedGradient.Rows; start += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, mixedGradient.Rows - start);
            for (var i = 0; i < count; i++)
            {
                offsets[i] = (start + i) * width;
            }

            RowKernels.WeightedSum(sum, sum, mixedGradient.AsSpan(), offsets[..count], ones[..count]);
        }
    }

    // Head by head, key by key: the order of the pattern's rows.
    private void Offsets(int row, Span<int> offsets)
    {
        var keys = scores.Plan.Keys.AsSpan(row * scores.Plan.KeyCapacity, scores.Plan.KeyCapacity);
        var count = 0;
        for (var head = 0; head < _heads; head++)
        {
            foreach (var key in keys)
            {
                offsets[count++] = (key * _heads + head) * width;
            }
        }
    }
}
