using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Causal;

/// <summary>How well logits answer, over all inputs.</summary>
/// <param name="CrossEntropy">Mean cross-entropy over all inputs, in nats.</param>
/// <param name="TrainCrossEntropy">Over the training inputs; null when they are not known.</param>
/// <param name="TestCrossEntropy">Over the others; null when they are not known.</param>
/// <param name="Accuracy">Share of inputs whose largest logit is the answer's.</param>
internal sealed record LogitScores(double CrossEntropy, double? TrainCrossEntropy, double? TestCrossEntropy, double Accuracy)
{
    /// <summary>Scores logits.</summary>
    /// <param name="logits"><c>[inputs, classes]</c>.</param>
    /// <param name="task">The answers and the split.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static LogitScores Of(Matrix logits, AnswerKey task, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(task);
        var losses = new double[logits.Rows];
        var all = Numerics.Kernels.CrossEntropy.Forward(logits, task.Targets, losses, workers);
        var right = 0;
        for (var row = 0; row < logits.Rows; row++)
        {
            right += IndexOfMaximum(logits.Row(row)) == task.Targets[row] ? 1 : 0;
        }

        return new LogitScores(
            all, MeanWhere(losses, task.IsTraining, true), MeanWhere(losses, task.IsTraining, false), right / (double)logits.Rows);
    }

    /// <summary>The training loss, or that of all inputs when the split is not known.</summary>
    internal double FittedCrossEntropy => TrainCrossEntropy ?? CrossEntropy;

    private static double? MeanWhere(double[] losses, bool[]? isTraining, bool wanted)
    {
        if (isTraining is null || !isTraining.Contains(wanted))
        {
            return null;
        }

        return losses.Where((_, row) => isTraining[row] == wanted).Average();
    }

    private static int IndexOfMaximum(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}
