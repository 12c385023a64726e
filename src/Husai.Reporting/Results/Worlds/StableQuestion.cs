using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Analysis.Worlds;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Worlds;

/// <summary>Is a latent that other seeds find again a feature of the world?</summary>
internal static class StableQuestion
{
    public static void Write(MarkdownText text, IReadOnlyList<WorldRow> all)
    {
        text.Heading(2, "Is a latent that other seeds find again a true feature?");
        List<(WorldRow Row, StableLatents Stable)> rows =
            [.. all.Where(row => row.Truth.Stable is not null).Select(row => (row, row.Truth.Stable!))];
        if (rows.Count == 0)
        {
            text.Paragraph("**Not measured: it takes two seeds of a configuration.**");
            return;
        }

        var (precision, truths) = (Mean(rows, row => row.All.Precision), Mean(rows, row => row.All.TrueShare));
        var (recall, stable) = (Mean(rows, row => row.All.Recall), Mean(rows, row => row.All.StableShare));
        text.Paragraph(
            precision is null
                ? "**There are no stable latents.**"
                : $"**A stable latent is a true feature in {TableText.Interval(precision)} of the cases, where one picked by chance is in "
                    + $"{TableText.Interval(truths)}. Of the true latents {TableText.Interval(recall)} are stable, of all latents "
                    + $"{TableText.Interval(stable)}.**",
            Counted(rows),
            "Means over the configurations that have such latents, with intervals over these configurations; the rows below have intervals "
            + "over seeds, where leaving a seed out takes its latents and its vote on the others away. Precision beside the share of all "
            + "latents that are true, and recall beside the share that are stable, is what stability tells.");
        text.Table(
            [
                "SAE", "live latents", "stable", "true", "precision: true of stable", "true of all", "recall: stable of true",
                "stable of all",
            ],
            rows.Select(row => Cells(row.Row.Name, row.Stable.All)));
        text.Paragraph(
            "By how often the best matching feature fires, from the most frequent quarter of the features to the rarest: means over the "
            + "configurations, with intervals over them.");
        text.Table(
            ["rate", "configurations", "precision: true of stable", "true of all", "recall: stable of true", "stable of all"],
            Enumerable.Range(0, rows.Min(row => row.Stable.ByRate.Count)).Select(group => (IReadOnlyList<string>)
            [
                $"{ResultText.Number(rows[0].Stable.ByRate[group].LargestRate, 4)} to "
                    + ResultText.Number(rows[0].Stable.ByRate[group].SmallestRate, 4),
                $"{rows.Count(row => row.Stable.ByRate[group].Precision is not null)}",
                TableText.Interval(Mean(rows, row => row.ByRate[group].Precision)),
                TableText.Interval(Mean(rows, row => row.ByRate[group].TrueShare)),
                TableText.Interval(Mean(rows, row => row.ByRate[group].Recall)),
                TableText.Interval(Mean(rows, row => row.ByRate[group].StableShare)),
            ]));
    }

    // Without a stable latent, or with too few seeds for an interval, there is nothing to compare.
    private static string Counted(List<(WorldRow Row, StableLatents Stable)> rows)
    {
        List<StableStratum> known =
        [
            .. rows.Select(row => row.Stable.All).Where(all => all is { Precision.Low: not null, TrueShare.Low: not null }),
        ];
        return known.Count == 0
            ? ""
            : $"In {known.Count(all => all.Precision!.Low > all.TrueShare!.High)} of {known.Count} configurations the interval of the "
                + "stable latents lies above that of all latents, in "
                + $"{known.Count(all => all.Precision!.High < all.TrueShare!.Low)} below it.";
    }

    private static Interval? Mean(List<(WorldRow Row, StableLatents Stable)> rows, Func<StableLatents, Interval?> share) =>
        Pooling.Mean([.. rows.Select(row => share(row.Stable)?.Mean).OfType<double>()]);

    private static IReadOnlyList<string> Cells(string name, StableStratum stratum) =>
    [
        name, $"{stratum.Latents}", $"{stratum.Stable}", $"{stratum.True}", TableText.Interval(stratum.Precision),
        TableText.Interval(stratum.TrueShare), TableText.Interval(stratum.Recall), TableText.Interval(stratum.StableShare),
    ];
}
