using Husai.Reporting.Data;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Networks;

/// <summary>Which recipes agree more?</summary>
internal static class RecipeQuestion
{
    private const double Level = 0.05;

    public static void Write(MarkdownText text, IReadOnlyList<StudyReportData> reports)
    {
        List<Analysis.Comparison.PlannedComparison> tests =
            [.. reports.SelectMany(report => report.Comparisons).Select(comparison => comparison.Test)];
        if (tests.Count == 0)
        {
            return;
        }

        text.Heading(2, "Do architectures and numbers of latents differ?");
        text.Paragraph(
            $"**{tests.Count(test => test.AdjustedP < Level)} of {tests.Count} differences of kappa have an adjusted p below 0.05.**",
            "First minus second, with Welch's interval; p by permutation of the configurations' labels over seeds, adjusted by Holm's "
            + "correction within a site.");
        text.Table(
            ["first", "second", "difference of kappa", "adjusted p", "least possible p"],
            tests.Select(test => (IReadOnlyList<string>)
            [
                test.First, test.Second, test.Difference?.ToText().Replace('-', '\u2212') ?? TableText.Missing,
                TableText.P(test.AdjustedP), TableText.P(test.Difference?.PFloor),
            ]));
    }
}
