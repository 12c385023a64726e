using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Questions;

/// <summary>When in training does agreement form?</summary>
internal static class FormationQuestion
{
    private const double Much = 0.9;

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var rows = data.Rows.Where(row => !row.IsLeaked && row.PinnedFraction is null && row.Formation.Count > 2).ToList();
        text.Heading(2, "When does agreement form?");
        var measured = rows.Select(row =>
            (
                Row: row, Change: Change(row), Share: ShareOfSteps(row, point => point.ToOtherSeeds!.Mean),
                Variance: ShareOfSteps(row, point => point.ExplainedVariance!.Mean))).ToList();
        var risen = measured.Where(entry => entry.Change > 0.02 && entry.Share is not null).ToList();
        text.Paragraph(
            Answer(
                measured.Count, [.. risen.Select(entry => entry.Share!.Value)],
                [.. risen.Select(entry => entry.Variance).OfType<double>()]));
        text.Table(
            ["configuration", "similarity at the start", "at the end", "chance (same shape) at the end", "kappa at the end",
            "90% of the change by", "90% of the explained variance by", "similarity of start and end"],
            measured.Select(entry => (IReadOnlyList<string>)
            [
                $"{entry.Row.Name} @ {entry.Row.Transformer}, {entry.Row.Site}",
                ResultText.Number(entry.Row.Formation[0].ToOtherSeeds!.Mean), ResultText.Number(entry.Row.Formation[^1].ToOtherSeeds!.Mean),
                ResultText.Number(entry.Row.Formation[^1].Chance), TableText.Kappa(entry.Row.Formation[^1].Kappa),
                Steps(entry.Row, entry.Share), Steps(entry.Row, entry.Variance),
                ResultText.Number(entry.Row.Formation[0].ToFinalSelf?.Mean),
            ]));
    }

    private static string Answer(int count, List<double> agreement, List<double> variance) => count == 0
        ? "**Not measured.**"
        : agreement.Count == 0
            ? $"**It does not form: in none of {count} configurations does the similarity between seeds rise by more than 0.02.**"
            : $"**Agreement rises in {agreement.Count} of {count} configurations. {Rise(Median(agreement))}; explained variance reaches "
                + $"90% after {ResultText.Percent(Median(variance))}.** "
                + (
                    Median(agreement) > Median(variance)
                        ? "SAEs reconstruct well before they agree."
                        : "SAEs agree as soon as they reconstruct well.")
                + " Snapshots are taken at doublings of the steps, so the shares are upper bounds within a factor of two.";

    private static string Rise(double share) => share < 1
        ? $"It reaches 90% of its rise after {ResultText.Percent(share)} of the steps (median)"
        : "It was still rising at the last snapshot (median)";

    private static double Change(ConfigurationResults row) => row.Formation[^1].ToOtherSeeds!.Mean - row.Formation[0].ToOtherSeeds!.Mean;

    private static double? ShareOfSteps(ConfigurationResults row, Func<DynamicsSummary, double> value)
    {
        var (start, end) = (value(row.Formation[0]), value(row.Formation[^1]));
        return end - start <= 0.02 ? null
            : row.Formation.First(point => value(point) >= start + Much * (end - start)).Step / (double)row.Formation[^1].Step;
    }

    private static string Steps(ConfigurationResults row, double? share) =>
        share is { } value
            ? $"step {ResultText.Number(value * row.Formation[^1].Step, 0)} ({ResultText.Percent(value)})"
            : TableText.Missing;

    private static double Median(List<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);
}
