namespace Husai.Analysis.Verdicts;

/// <summary>A question that every study answers, and the answer, which does not repeat it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">What the numbers say.</param>
public sealed record VerdictAnswer(string Question, string Answer)
{
    /// <summary>Both on one line.</summary>
    public string ToText() => $"{Question} {Answer}";
}
