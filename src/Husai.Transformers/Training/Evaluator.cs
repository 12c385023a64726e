using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Training;

/// <summary>Loss and accuracy of logits, and of a model over any inputs.</summary>
internal static class Evaluator
{
    /// <summary>Evaluates a model on some inputs.</summary>
    public static Evaluation Evaluate(Transformer model, ReadOnlySpan<int> inputs, Workers workers) =>
        inputs.IsEmpty
            ? new Evaluation(double.NaN, double.NaN)
            : Evaluate(model.Logits(inputs, workers), TargetsOf(model.Task, inputs), workers);

    /// <summary>Evaluates logits [rows, classes] against a target for each row.</summary>
    public static Evaluation Evaluate(Matrix logits, ReadOnlySpan<int> targets, Workers workers) =>
        new(CrossEntropy.Forward(logits, targets, [], workers), Accuracy(logits, targets));

    /// <summary>Share of rows whose target has the largest logit.</summary>
    public static double Accuracy(Matrix logits, ReadOnlySpan<int> targets)
    {
        var correct = 0;
        for (var row = 0; row < logits.Rows; row++)
        {
            correct += IsLargest(logits.Row(row), targets[row]) ? 1 : 0;
        }

        return (double)correct / logits.Rows;
    }

    public static int[] TargetsOf(ArithmeticTask task, ReadOnlySpan<int> inputs)
    {
        var targets = new int[inputs.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = task.Targets[inputs[i]];
        }

        return targets;
    }

    // A comparison with NaN is false: a row that holds one at the target is never right.
    private static bool IsLargest(ReadOnlySpan<float> row, int target)
    {
        var value = row[target];
        for (var i = 0; i < row.Length; i++)
        {
            if (!(i < target ? row[i] < value : row[i] <= value))
            {
                return false;
            }
        }

        return true;
    }
}
