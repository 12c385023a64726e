using Husai.Analysis.Verdicts;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Networks;

/// <summary>Do seeds agree as much on a network that has learnt nothing?</summary>
internal static class RandomisedQuestion
{
    public static void Write(MarkdownText text, IReadOnlyList<NetworkRow> all)
    {
        List<NetworkRow> rows = [.. all.Where(row => row.Randomised is not null)];
        if (rows.Count == 0)
        {
            return;
        }

        text.Heading(2, "Do seeds agree as much on a network that has learnt nothing?");
        var verdict = StudyVerdict.Of(
            [.. rows.SelectMany(row => ((Experiments.Studies.Results.ConfigurationResults[])[row.Trained, row.Randomised!])
                .Select(configuration => configuration.Measures()))], [], []);
        text.Paragraph($"**{verdict.Controls}**", Explained(rows));
        text.Table(
            [
                "SAE", "kappa", "randomised", "kappa turned", "randomised", "found again", "randomised", "explained variance", "randomised",
                "L0", "randomised", "dead", "randomised",
            ],
            rows.Select(row => (IReadOnlyList<string>)
            [
                row.Trained.Name, TableText.Kappa(row.Trained.Kappa), TableText.Kappa(row.Randomised!.Kappa),
                TableText.Kappa(row.Trained.Stability?.KappaTurned), TableText.Kappa(row.Randomised.Stability?.KappaTurned),
                TableText.Percent(row.Trained.Shared?.Value.Mean), TableText.Percent(row.Randomised.Shared?.Value.Mean),
                TableText.Interval(row.Trained.ExplainedVariance), TableText.Interval(row.Randomised.ExplainedVariance),
                TableText.Number(row.Trained.L0?.Mean, 1), TableText.Number(row.Randomised.L0?.Mean, 1),
                TableText.Percent(row.Trained.DeadFraction?.Mean), TableText.Percent(row.Randomised.DeadFraction?.Mean),
            ]));
    }

    private static string Explained(List<NetworkRow> rows)
    {
        List<(double Low, double High)> differences = [];
        foreach (var row in rows)
        {
            if (row.Trained.ExplainedVariance is { Low: { } low, High: { } high }
                && row.Randomised!.ExplainedVariance is { Low: { } otherLow, High: { } otherHigh })
            {
                differences.Add((low - otherHigh, high - otherLow));
            }
        }

        return differences.Count == 0 ? ""
            : $"The explained variance is higher on the network in {differences.Count(difference => difference.Low > 0)} of "
                + $"{differences.Count} configurations, on the copy in {differences.Count(difference => difference.High < 0)}, by "
                + "intervals that do not overlap.";
    }
}
