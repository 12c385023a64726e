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
        const string Caption = "One line for each configuration with stable latents: share of the stable latents that are true (left), "
            + "and of the true ones that are stable (right), by the geometric mean of the rates of a quarter of the features.";
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
            .. rows.Select((row, index) => new LineLayer(
                named ? row.Name : "",
                [
                    .. row.Truth.Stable!.ByRate.Where(stratum => share(stratum) is not null)
                        .Select(stratum => (Middle(stratum), share(stratum)!.Mean)),
                ],
                Palette.Of(index))),
        ]);

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
