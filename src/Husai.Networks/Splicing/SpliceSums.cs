using Husai.Networks.Running;
using Husai.Networks.Text;

namespace Husai.Networks.Splicing;

/// <summary>Sums of what replacements do to the output, batch by batch.</summary>
internal sealed class SpliceSums
{
    private readonly double[] _kl = new double[3];
    private readonly double[] _entropy = new double[4];
    private readonly double[] _cosine = new double[3];
    private long _rows;
    private long _positions;
    private long _predictions;
    private bool _isPooled;

    public long Contexts { get; private set; }

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">The contexts.</param>
    /// <param name="length">Their length, padding included.</param>
    /// <param name="whole">What the network computes itself.</param>
    /// <param name="output">Which of its outputs is compared.</param>
    /// <param name="replaced">What it computes with the replacements, as its only output.</param>
    /// <param name="rows">Rows that were replaced.</param>
    /// <param name="isPooled">Whether the output is an embedding, not logits.</param>
    public void Add(
        TokenContext[] batch, int length, NetworkOutputs whole, int output, NetworkOutputs[] replaced, int rows, bool isPooled)
    {
        _isPooled = isPooled;
        _rows += rows;
        var width = (int)whole.Shape(output)[^1];
        for (var sequence = 0; sequence < batch.Length; sequence++)
        {
            var tokens = batch[sequence].Tokens;
            Contexts++;
            if (isPooled)
            {
                var own = Pooled(whole.Values(output), whole.Shape(output).Count, sequence, length, tokens.Count, width);
                for (var kind = 0; kind < replaced.Length; kind++)
                {
                    _cosine[kind] += Cosine(
                        own, Pooled(replaced[kind].Values(0), whole.Shape(output).Count, sequence, length, tokens.Count, width));
                }

                continue;
            }

            for (var position = 0; position < tokens.Count; position++)
            {
                int? next = position + 1 < tokens.Count ? tokens[position + 1].Id : null;
                AddDistributions(whole, output, replaced, (sequence * length + position) * width, width, next);
            }
        }
    }

    public NetworkSpliceMetrics ToMetrics()
    {
        static SplicedValues Means(double[] sums, int first, long count) =>
            new(sums[first] / count, sums[first + 1] / count, sums[first + 2] / count);
        var hasPredictions = !_isPooled && _predictions > 0;
        return new NetworkSpliceMetrics
        {
            Contexts = Contexts,
            Rows = _rows,
            Kl = _isPooled ? null : Means(_kl, 0, _positions),
            CrossEntropy = hasPredictions ? Means(_entropy, 1, _predictions) : null,
            CrossEntropyOfNetwork = hasPredictions ? _entropy[0] / _predictions : null,
            CrossEntropyRecovered = hasPredictions ? (_entropy[2] - _entropy[1]) / (_entropy[2] - _entropy[0]) : null,
            Cosine = _isPooled ? Means(_cosine, 0, Contexts) : null,
        };
    }

    private void AddDistributions(NetworkOutputs whole, int output, NetworkOutputs[] replaced, int start, int width, int? next)
    {
        var own = LogProbabilities(whole.Values(output).Slice(start, width));
        _positions++;
        _predictions += next is null ? 0 : 1;
        _entropy[0] -= next is { } token ? own[token] : 0;
        for (var kind = 0; kind < replaced.Length; kind++)
        {
            var other = LogProbabilities(replaced[kind].Values(0).Slice(start, width));
            _entropy[kind + 1] -= next is { } following ? other[following] : 0;
            for (var answer = 0; answer < width; answer++)
            {
                _kl[kind] += Math.Exp(own[answer]) * (own[answer] - other[answer]);
            }
        }
    }

    private static double[] LogProbabilities(ReadOnlySpan<float> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        var (total, values) = (largest + Math.Log(sum), new double[logits.Length]);
        for (var answer = 0; answer < values.Length; answer++)
        {
            values[answer] = logits[answer] - total;
        }

        return values;
    }

    // An output with a row for each context, or the mean of one with a row for each token.
    private static double[] Pooled(ReadOnlySpan<float> values, int dimensions, int sequence, int length, int tokens, int width)
    {
        var pooled = new double[width];
        var (first, count) = dimensions == 2 ? (sequence, 1) : (sequence * length, tokens);
        for (var row = first; row < first + count; row++)
        {
            for (var column = 0; column < width; column++)
            {
                pooled[column] += values[row * width + column] / (double)count;
            }
        }

        return pooled;
    }

    private static double Cosine(double[] a, double[] b)
    {
        var (product, squaresOfA, squaresOfB) = (0.0, 0.0, 0.0);
        for (var column = 0; column < a.Length; column++)
        {
            product += a[column] * b[column];
            squaresOfA += a[column] * a[column];
            squaresOfB += b[column] * b[column];
        }

        return squaresOfA * squaresOfB > 0 ? product / Math.Sqrt(squaresOfA * squaresOfB) : 0;
    }
}
