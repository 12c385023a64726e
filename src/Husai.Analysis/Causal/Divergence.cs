using Husai.Numerics.Functions;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Causal;

/// <summary>Kullback-Leibler divergence of answers from those of reference logits, whose probabilities are computed once.</summary>
internal sealed class Divergence
{
    private readonly double[][] _logProbabilities;
    private readonly double[][] _probabilities;

    /// <summary>Takes the reference.</summary>
    /// <param name="logits"><c>[inputs, classes]</c>.</param>
    public Divergence(Matrix logits)
    {
        _logProbabilities = [.. Enumerable.Range(0, logits.Rows).Select(row => LogProbabilities(logits.Row(row)))];
        _probabilities = Array.ConvertAll(_logProbabilities, row => Array.ConvertAll(row, Transcendental.Exp));
    }

    /// <summary>Mean over rows of the divergence of these logits' distribution from the reference, in nats.</summary>
    /// <param name="logits">The shape of the reference.</param>
    public double Mean(Matrix logits)
    {
        var sum = 0.0;
        for (var row = 0; row < logits.Rows; row++)
        {
            var (p, logP) = (_probabilities[row], _logProbabilities[row]);
            var logQ = LogProbabilities(logits.Row(row));
            for (var i = 0; i < p.Length; i++)
            {
                sum += p[i] * (logP[i] - logQ[i]);
            }
        }

        return sum / logits.Rows;
    }

    private static double[] LogProbabilities(ReadOnlySpan<float> logits)
    {
        var result = new double[logits.Length];
        double max = float.NegativeInfinity, sum = 0;
        foreach (var logit in logits)
        {
            max = Math.Max(max, logit);
        }

        foreach (var logit in logits)
        {
            sum += Transcendental.Exp(logit - max);
        }

        var logSum = Transcendental.Log(sum) + max;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = logits[i] - logSum;
        }

        return result;
    }
}
