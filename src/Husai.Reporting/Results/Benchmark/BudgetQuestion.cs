using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Benchmark;

/// <summary>Which differences from the published table are those of the budget?</summary>
internal static class BudgetQuestion
{
    public const string FigureId = "benchmark-and-budget";

    private static readonly (string Name, Func<SeedTruth, double> Ours, Func<PublishedScore, double> Published,
        Func<TruthResult, double> Chance)[] Scores =
    [
        ("F1", seed => seed.F1, row => row.F1.Mean, truth => truth.Seeds.Average(seed => seed.ChanceF1)),
        ("MCC", seed => seed.Mcc, row => row.Mcc.Mean, truth => truth.Chance.Mcc.Value),
    ];

    public static void Write(MarkdownText text, IReadOnlyList<BenchmarkRow> rows)
    {
        text.Heading(2, "How scores move with the number of samples");
        var groups = Groups(rows);
        if (groups.Count == 0)
        {
            text.Paragraph("**Not measured: it takes an architecture with three numbers of samples or more, and four SAEs.**");
            return;
        }

        text.Paragraph(
            "Which law scores follow is not known, and it decides what they come to at 200,000,000 samples. Two are fitted to all SAEs of "
            + $"an architecture but those with more than {ResultText.Number(100 * BenchmarkRow.HighestDeadFraction, 0)}% dead latents, "
            + "whose scores say nothing of how they grow afterwards: a power law, which approaches a limit slowly or has none, and a "
            + "stretched exponential from chance to a limit. Each has a 95% interval that holds what is not known of its exponent, by "
            + "profile likelihood; all are kept within 0 and 1, as the scores are. Where the published value lies between the lowest "
            + "and the highest end of the two intervals, the budget alone may be the difference. A score that is past its highest is "
            + "not extrapolated: neither law describes both directions.");
        text.Paragraph(
            "The protocol has no schedule but that of the standard SAE, so that what a training is after a number of samples is what a "
            + "training of so many ends with: several numbers of samples come from one training where a study keeps its snapshots. The "
            + "interval takes them for independent, which those of one training are not.");
        text.Table(
            [
                "architecture", "L0", "score", "samples that were trained on", "at 200,000,000 by the power law", "by the exponential",
                "published", "published lies",
            ],
            from own in groups
            from score in Scores
            let points = Points(own, score.Ours).ToArray()
            let turn = ScoreTurn.Of(points)
            let power = Possible(BudgetFit.At(points, PublishedScore.Rows))
            let exponential = Possible(SaturationFit.At(points, PublishedScore.Rows, score.Chance(own[0].Saes.Truth)))
            let published = own[0].Published is { } known ? score.Published(known) : (double?)null
            select (IReadOnlyList<string>)
            [
                own[0].Architecture, ResultText.Number(own[0].TargetL0, 0), score.Name,
                string.Join(", ", own.Select(row => row.Rows).Distinct().Order().Select(count => PublishedTable.Thousands(count))),
                turn is null ? TableText.Interval(power) : Fall(turn),
                turn is null ? TableText.Interval(exponential) : TableText.Missing, ResultText.Number(published),
                turn is null ? Where(power, exponential, published) : Where(turn, published),
            ]);
    }

    /// <summary>Scores by number of samples; null where no architecture has three numbers.</summary>
    public static ReportFigure? Figure(IReadOnlyList<BenchmarkRow> rows)
    {
        var groups = Groups(rows);
        return groups.Count == 0 ? null : SeriesFigure.Draw(
            FigureId, "Scores by number of samples",
            "Mean F1 and MCC of the SAEs of an architecture, by the number of samples that they were trained on.",
            new Axis("samples", LogScale.Around(groups.SelectMany(own => own.Select(row => (double)row.Rows)))), "score",
            [
                .. from own in groups
                   from score in Scores
                   select (
                       $"{own[0].Architecture}, {score.Name}",
                       Points(own, score.Ours).GroupBy(point => point.Budget)
                           .Select(budget => (budget.Key, budget.Average(point => point.Score))).OrderBy(point => point.Key).ToArray()),
            ]);
    }

    // The same architecture and L0, where a fit is possible: without those whose latents are dead.
    private static List<List<BenchmarkRow>> Groups(IReadOnlyList<BenchmarkRow> rows) =>
    [
        .. rows.Where(row => row.IsAlive).GroupBy(row => (row.Architecture, row.TargetL0)).Select(group => group.ToList())
            .Where(own => BudgetFit.At([.. Points(own, seed => seed.Mcc)], PublishedScore.Rows) is not null),
    ];

    private static IEnumerable<(double Budget, double Score)> Points(List<BenchmarkRow> rows, Func<SeedTruth, double> score) =>
        rows.SelectMany(row => row.Saes.Truth.Seeds.Select(seed => ((double)row.Rows, score(seed))));

    // No F1 and no MCC is outside 0 to 1.
    private static Interval? Possible(Interval? fit) => fit is null
        ? null
        : fit with { Mean = Math.Clamp(fit.Mean, 0, 1), Low = Clamp(fit.Low), High = Clamp(fit.High) };

    private static double? Clamp(double? value) => value is { } known ? Math.Clamp(known, 0, 1) : null;

    private static string Fall(ScoreTurn turn) =>
        $"{ResultText.Number(turn.Highest)} at {PublishedTable.Thousands(turn.HighestAt)}, then lower: {ResultText.Number(turn.Last)} "
        + $"at {PublishedTable.Thousands(turn.LastAt)}";

    private static string Where(ScoreTurn turn, double? published) => published is null ? TableText.Missing
        : published < turn.Last ? "below the last, where the score goes" : "above the last";

    private static string Where(Interval? power, Interval? exponential, double? published) =>
        power is null || exponential is null || published is null ? TableText.Missing
        : published < Math.Min(power.Low!.Value, exponential.Low!.Value) ? "below"
        : published > Math.Max(power.High!.Value, exponential.High!.Value) ? "above" : "inside";
}
