using Husai.Analysis.Comparison;
using Husai.Analysis.Verdicts;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Data;

/// <summary>The comparisons that a study asks for, as questions with their answers.</summary>
internal static class ComparisonAnswers
{
    // More of them are a table.
    private const int Most = 2;

    public static IReadOnlyList<VerdictAnswer> Of(IReadOnlyList<ConfigurationComparison> comparisons) =>
        comparisons.Count > Most ? [] : [.. comparisons.Select(Answer)];

    private static VerdictAnswer Answer(ConfigurationComparison comparison) => new(
        $"Do the seeds of {comparison.Test.First} agree more than those of {comparison.Test.Second}?", Words(comparison));

    private static string Words(ConfigurationComparison comparison) => comparison.Test.Difference is not { } difference
        ? "Not said: one of them has no kappa."
        : $"{Direction(difference)}: over the {comparison.Sample} their kappas differ by {difference.ToText()}"
            + (comparison.Test.AdjustedP is { } p ? $" (adjusted p {TableText.P(p)})." : ".");

    private static string Direction(KappaDifference difference) => difference switch
    {
        { Low: > 0 } => "Yes",
        { High: < 0 } => "No, less",
        _ => "It cannot be told",
    };
}
