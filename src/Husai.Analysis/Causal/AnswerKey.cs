using Husai.Transformers.Tasks;

namespace Husai.Analysis.Causal;

/// <summary>The right answers, and which inputs the model was trained on.</summary>
/// <param name="Targets">The answer of each input.</param>
/// <param name="IsTraining">Whether each input was trained on, or null when that is not known.</param>
internal sealed record AnswerKey(int[] Targets, bool[]? IsTraining = null)
{
    /// <summary>The answers of modular addition: (a + b) mod p at row a p + b.</summary>
    public static AnswerKey Addition(int modulus, bool[]? isTraining = null) =>
        new([.. Enumerable.Range(0, modulus * modulus).Select(row => (row / modulus + row % modulus) % modulus)], isTraining);

    /// <summary>The answers of a task, and the inputs that a model was trained on.</summary>
    /// <param name="task">The task.</param>
    /// <param name="split">Its split, or null when that is not known.</param>
    public static AnswerKey Of(ArithmeticTask task, DataSplit? split)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (split is null)
        {
            return new AnswerKey(task.Targets);
        }

        var isTraining = new bool[task.Inputs];
        foreach (var input in split.Train)
        {
            isTraining[input] = true;
        }

        return new AnswerKey(task.Targets, isTraining);
    }
}
