using Husai.Analysis.Statistics;
using Husai.Analysis.Worlds;
using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results.Worlds;

/// <summary>Precision and recall of "stable" for "true", by how often the features fire.</summary>
internal static class StableFigure
{
    public const string Id = "world-stable-and-true";

    public static ReportFigure? Create(IReadOnlyList<WorldRow> rows)
    {
        const string Title = "Stable latents and true features";
        const string Caption = "Share of the stable latents that are true (left), and of the true ones that are stable (right), by the "
            + "geometric mean of the rates of a quarter of the features: mean over the configurations of an architecture and number of "
            + "latents.";
        List<WorldRow> shown = [.. rows.Where(row => row.Truth.Stable?.ByRate.Any(stratum => stratum.Precision is not null) == true)];
        return shown.Count == 0
            ? null
            : new ReportFigure(
                Id, Title, Caption,
                PanelGrid.Draw(
                    Id, Title, Caption,
                    [
                        CreatePanel("true of the stable", shown, stratum => stratum.Precision, named: true),
                        CreatePanel("stable of the true", shown, stratum => stratum.Recall, named: false),
                    ],
                    2, FigureSize.Page, 200),
                Table(rows), Wide: true);
    }

    private static Panel CreatePanel(string title, List<WorldRow> rows, Func<StableStratum, Interval?> share, bool named) => new(
        title, new Axis("rate of the features", LogScale.Around(rows.SelectMany(row => row.Truth.Stable!.ByRate.Select(Middle)))),
        new Axis("share", new LinearScale(0, 1)),
        [
            .. rows.GroupBy(row => $"{row.Saes.Architecture}, {row.Saes.Latents} latents").Select((group, index) => new LineLayer(
                named ? group.Key : "", [.. Points([.. group], share)], Palette.Of(index))),
        ]);

    // Of the configurations that have a share there.
    private static IEnumerable<(double X, double Y)> Points(WorldRow[] rows, Func<StableStratum, Interval?> share) =>
        from stratum in Enumerable.Range(0, rows.Min(row => row.Truth.Stable!.ByRate.Count))
        let mean = rows.Average(row => share(row.Truth.Stable!.ByRate[stratum])?.Mean)
        where mean is not null
        select (Middle(rows[0].Truth.Stable!.ByRate[stratum]), mean.Value);

    private static double Middle(StableStratum stratum) => Math.Sqrt(stratum.SmallestRate * stratum.LargestRate);

    private static FigureTable Table(IReadOnlyList<WorldRow> rows)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("largest_rate", "rate of the most frequent feature of the group"),
            new("smallest_rate", "rate of the rarest"), new("latents", "live latents of all seeds with their best match in the group"),
            new("stable", "those that each other seed finds again"), new("true", "those that are a feature"),
            new("both", "those that are both"), new("precision", "true of the stable"), new("precision_low", "lower end, over seeds"),
            new("precision_high", "upper end"), new("recall", "stable of the true"), new("recall_low", "lower end, over seeds"),
            new("recall_high", "upper end"));
        foreach (var row in rows)
        {
            foreach (var stratum in row.Truth.Stable?.ByRate ?? [])
            {
                table.Add(
                    row.Name, stratum.LargestRate, stratum.SmallestRate, stratum.Latents, stratum.Stable, stratum.True, stratum.Both,
                    stratum.Precision?.Mean, stratum.Precision?.Low, stratum.Precision?.High, stratum.Recall?.Mean, stratum.Recall?.Low,
                    stratum.Recall?.High);
            }
        }

        return table.Build();
    }
}
