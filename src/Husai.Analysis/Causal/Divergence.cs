using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
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
        var exponentials = new double[Lanes.Padded(logits.Columns)];
        _logProbabilities = new double[logits.Rows][];
        for (var row = 0; row < logits.Rows; row++)
        {
            _logProbabilities[row] = new double[logits.Columns];
            WriteLogProbabilities(logits.Row(row), exponentials, _logProbabilities[row]);
        }

        _probabilities = Array.ConvertAll(_logProbabilities, row => Array.ConvertAll(row, Transcendental.Exp));
    }

    /// <summary>Mean over rows of the divergence of these logits' distribution from the reference, in nats.</summary>
    /// <param name="logits">The shape of the reference.</param>
    public double Mean(Matrix logits)
    {
        var sum = 0.0;
        var exponentials = new double[Lanes.Padded(logits.Columns)];
        var logQ = new double[logits.Columns];
        for (var row = 0; row < logits.Rows; row++)
        {
            var (p, logP) = (_probabilities[row], _logProbabilities[row]);
            WriteLogProbabilities(logits.Row(row), exponentials, logQ);
            for (var i = 0; i < p.Length; i++)
            {
                sum += p[i] * (logP[i] - logQ[i]);
            }
        }

        return sum / logits.Rows;
    }

    private static unsafe void WriteLogProbabilities(ReadOnlySpan<float> logits, double[] exponentials, double[] result)
    {
        var max = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            max = Math.Max(max, logit);
        }

        fixed (float* source = logits)
        fixed (double* target = exponentials)
        {
            CrossEntropy.WriteExponentials(target, source, logits.Length, max);
        }

        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            sum += exponentials[i];
        }

        var logSum = Transcendental.Log(sum) + max;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = logits[i] - logSum;
        }
    }
}
