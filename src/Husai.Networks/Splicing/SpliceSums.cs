using Husai.Networks.Running;
using Husai.Networks.Text;

namespace Husai.Networks.Splicing;

/// <summary>Sums of what replacements do to the output, batch by batch.</summary>
/// <param name="saes">Number of SAEs whose reconstructions are put in.</param>
/// <param name="isPooled">Whether the output is an embedding, not logits.</param>
internal sealed class SpliceSums(int saes, bool isPooled)
{
    // Replacements by number: zeros, the mean row, then the SAEs'.
    private const int Zero = 0;
    private const int Mean = 1;
    private const int FirstSae = 2;
    private readonly double[] _kl = new double[FirstSae + saes];
    private readonly double[] _entropy = new double[FirstSae + saes];
    private readonly double[] _cosine = new double[FirstSae + saes];
    private double _ownEntropy;
    private long _rows;
    private long _positions;
    private long _predictions;

    public long Contexts { get; private set; }

    /// <summary>Adds a batch with zeros and with the mean row.</summary>
    /// <param name="batch">The contexts.</param>
    /// <param name="length">Their length, padding included.</param>
    /// <param name="whole">What the network computes itself.</param>
    /// <param name="output">Which of its outputs is compared.</param>
    /// <param name="zero">What it computes with zeros, as its only output.</param>
    /// <param name="mean">What it computes with the mean row, as its only output.</param>
    /// <param name="rows">Rows that were replaced.</param>
    public void AddReferences(
        TokenContext[] batch, int length, NetworkOutputs whole, int output, NetworkOutputs zero, NetworkOutputs mean, int rows)
    {
        _rows += rows;
        Contexts += batch.Length;
        foreach (var context in batch)
        {
            _positions += context.Tokens.Count;
            _predictions += context.Tokens.Count - 1;
        }

        Add(batch, length, whole, output, Zero, [zero, mean]);
    }

    /// <summary>Adds the same batch with the reconstructions of an SAE.</summary>
    /// <param name="sae">Which SAE.</param>
    /// <param name="batch">The contexts.</param>
    /// <param name="length">Their length, padding included.</param>
    /// <param name="whole">What the network computes itself.</param>
    /// <param name="output">Which of its outputs is compared.</param>
    /// <param name="spliced">What it computes with them, as its only output.</param>
    public void AddSpliced(int sae, TokenContext[] batch, int length, NetworkOutputs whole, int output, NetworkOutputs spliced) =>
        Add(batch, length, whole, output, FirstSae + sae, [spliced]);

    /// <summary>The metrics of an SAE.</summary>
    public NetworkSpliceMetrics ToMetrics(int sae)
    {
        SplicedValues Means(double[] sums, long count) => new(sums[FirstSae + sae] / count, sums[Zero] / count, sums[Mean] / count);
        var entropy = isPooled || _predictions == 0 ? null : Means(_entropy, _predictions);
        var own = _ownEntropy / _predictions;
        return new NetworkSpliceMetrics
        {
            Contexts = Contexts,
            Rows = _rows,
            Kl = isPooled ? null : Means(_kl, _positions),
            CrossEntropy = entropy,
            CrossEntropyOfNetwork = entropy is null ? null : own,
            CrossEntropyRecovered = entropy is null ? null
                : (_entropy[Zero] - _entropy[FirstSae + sae]) / (_entropy[Zero] - _ownEntropy),
            Cosine = isPooled ? Means(_cosine, Contexts) : null,
        };
    }

    private void Add(TokenContext[] batch, int length, NetworkOutputs whole, int output, int first, NetworkOutputs[] replaced)
    {
        var width = (int)whole.Shape(output)[^1];
        for (var sequence = 0; sequence < batch.Length; sequence++)
        {
            var tokens = batch[sequence].Tokens;
            if (isPooled)
            {
                var own = Pooled(whole.Values(output), whole.Shape(output).Count, sequence, length, tokens.Count, width);
                for (var kind = 0; kind < replaced.Length; kind++)
                {
                    _cosine[first + kind] += Cosine(
                        own, Pooled(replaced[kind].Values(0), whole.Shape(output).Count, sequence, length, tokens.Count, width));
                }

                continue;
            }

            for (var position = 0; position < tokens.Count; position++)
            {
                int? next = position + 1 < tokens.Count ? tokens[position + 1].Id : null;
                AddDistributions(whole, output, first, replaced, (sequence * length + position) * width, width, next);
            }
        }
    }

    private void AddDistributions(
        NetworkOutputs whole, int output, int first, NetworkOutputs[] replaced, int start, int width, int? next)
    {
        var own = LogProbabilities(whole.Values(output).Slice(start, width));
        _ownEntropy -= first == Zero && next is { } token ? own[token] : 0;
        for (var kind = 0; kind < replaced.Length; kind++)
        {
            var other = LogProbabilities(replaced[kind].Values(0).Slice(start, width));
            _entropy[first + kind] -= next is { } following ? other[following] : 0;
            for (var answer = 0; answer < width; answer++)
            {
                _kl[first + kind] += Math.Exp(own[answer]) * (own[answer] - other[answer]);
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
