namespace Husai.Analysis;

/// <summary>The right answers, and which inputs the model was trained on.</summary>
/// <param name="Targets">The answer of each input.</param>
/// <param name="IsTraining">Whether each input was trained on, or null when that is not known.</param>
public sealed record AnswerKey(int[] Targets, bool[]? IsTraining = null)
{
    /// <summary>The answers of modular addition: (a + b) mod p at row a p + b.</summary>
    public static AnswerKey Addition(int modulus, bool[]? isTraining = null) =>
        new([.. Enumerable.Range(0, modulus * modulus).Select(row => (row / modulus + row % modulus) % modulus)], isTraining);
}
