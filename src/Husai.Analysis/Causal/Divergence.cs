using Husai.Numerics.Functions;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Causal;

/// <summary>Kullback-Leibler divergence of the answers that logits give.</summary>
internal static class Divergence
{
    /// <summary>Mean over rows of the divergence of the second logits' distribution from the first's, in nats.</summary>
    public static double Mean(Matrix first, Matrix second)
    {
        var sum = 0.0;
        for (var row = 0; row < first.Rows; row++)
        {
            var p = LogProbabilities(first.Row(row));
            var q = LogProbabilities(second.Row(row));
            for (var i = 0; i < p.Length; i++)
            {
                sum += Transcendental.Exp(p[i]) * (p[i] - q[i]);
            }
        }

        return sum / first.Rows;
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
