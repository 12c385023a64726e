using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>A score for each configuration with its interval beside its levels, and beside it the same corrected for chance.</summary>
internal static class ScoreFigure
{
    // A name with its site: what tells configurations apart often stands at its end.
    private const double WidestName = 240;
    private const double RowHeight = 26;
    private const double Gap = 26;
    private static readonly TextStyle RowLabel = new(TextStyle.Small, TextAnchor.End);

    /// <summary>A level or a kappa of the figure.</summary>
    /// <param name="Name">Its name in the legend.</param>
    /// <param name="Column">Its column in the data file.</param>
    /// <param name="Style">How it is drawn.</param>
    public sealed record Entry(string Name, string Column, SeriesStyle Style);

    /// <summary>Draws the figure.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="title">Its title.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="axis">What the score is.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="kappas">The corrected scores.</param>
    /// <param name="rows">The configurations, at least one.</param>
    public static ReportFigure Create(
        string id, string title, string caption, string axis, IReadOnlyList<Entry> levels, IReadOnlyList<Entry> kappas,
        IReadOnlyList<ScoreRow> rows)
    {
        var shown = Enumerable.Range(0, levels.Count).Where(level => rows.Any(row => row.Levels[level] is not null)).ToArray();
        var corrected = Enumerable.Range(0, kappas.Count).Where(kappa => rows.Any(row => row.Kappas[kappa] is not null)).ToArray();
        var names = rows.Select(row => TextMetrics.Fit(row.Configuration, TextStyle.Small, WidestName)).ToArray();
        var left = names.Max(name => TextMetrics.Width(name, TextStyle.Small)) + 18;
        var legend = new Legend(
            Legend(shown.Select(level => levels[level]), corrected.Select(kappa => kappas[kappa])), 10, FigureSize.Page - 20);
        var plot = FigureSize.Page - left - 18 - Gap;
        var top = 8 + legend.Height;
        var scores = Area(
            left, plot * 0.58, rows.SelectMany(row => Ends(row.Value).Concat(shown.Select(level => row.Levels[level]).OfType<double>())));
        // One that is far below 0 would press all others together: it is drawn at the edge.
        var differences = Area(
            left + plot * 0.58 + Gap, plot * 0.42,
            rows.SelectMany(row => corrected.Select(kappa => row.Kappas[kappa]).OfType<Kappa>().SelectMany(Ends))
                .Select(value => Math.Max(value, -1)).Append(0));
        var height = legend.Height + RowHeight * rows.Count + 12 + AxisPainter.BottomRoom;
        var picture = new Picture(id, FigureSize.Page, height, title, caption, canvas =>
        {
            legend.Draw(canvas, 6);
            DrawAxis(canvas, scores, axis);
            if (corrected.Length > 0)
            {
                DrawAxis(canvas, differences, "kappa (0: chance)");
                canvas.Line(differences.X(0), top, differences.X(0), differences.Bottom, Palette.Axis, 1.4);
            }

            for (var index = 0; index < rows.Count; index++)
            {
                var y = top + (index + 0.5) * RowHeight;
                var row = rows[index];
                canvas.Text(left - 8, y + 3.6, names[index], RowLabel);
                foreach (var level in shown.Where(level => row.Levels[level] is not null))
                {
                    var x = scores.X(row.Levels[level]!.Value);
                    canvas.Line(x, y - 9, x, y + 9, levels[level].Style.Colour, 2.2, levels[level].Style.Dash, "chance");
                }

                DrawInterval(canvas, scores, y, row.Value.Mean, row.Value.Low, row.Value.High, Palette.Of(0));
                for (var place = 0; place < corrected.Length; place++)
                {
                    if (row.Kappas[corrected[place]] is { } kappa)
                    {
                        DrawInterval(
                            canvas, differences, y + (corrected.Length == 1 ? 0 : place * 10 - 5), kappa.Value, kappa.Low, kappa.High,
                            kappas[corrected[place]].Style);
                    }
                }
            }
        });
        return new ReportFigure(id, title, caption, picture, Table(levels, kappas, rows), Wide: true);

        PlotArea Area(double start, double width, IEnumerable<double> values) =>
            new(start, top, width, RowHeight * rows.Count, LinearScale.Around(values), new LinearScale(0, rows.Count));
    }

    private static void DrawAxis(Canvas canvas, PlotArea area, string label)
    {
        foreach (var tick in AxisPainter.XTicks(area.XScale, area.Width))
        {
            var x = area.X(tick.Value);
            canvas.Line(x, area.Top, x, area.Bottom, Palette.Grid);
            canvas.Line(x, area.Bottom, x, area.Bottom + 4, Palette.Axis);
            canvas.Text(x, area.Bottom + 14, tick.Label, new TextStyle(TextStyle.Small, TextAnchor.Middle, Colour: Palette.Axis));
        }

        canvas.Line(area.Left, area.Bottom, area.Right, area.Bottom, Palette.Axis);
        canvas.Text(area.Left + area.Width / 2, area.Bottom + 30, label, new TextStyle(Anchor: TextAnchor.Middle));
    }

    private static void DrawInterval(Canvas canvas, PlotArea area, double y, double mean, double? low, double? high, SeriesStyle style)
    {
        double At(double value) => Math.Clamp(area.X(value), area.Left, area.Right);
        if (low is { } start && high is { } end)
        {
            canvas.Line(At(start), y, At(end), y, style.Colour, 1.8, role: "interval");
            canvas.Line(At(start), y - 3.5, At(start), y + 3.5, style.Colour, 1.2);
            canvas.Line(At(end), y - 3.5, At(end), y + 3.5, style.Colour, 1.2);
        }

        canvas.Mark(style.Marker, At(mean), y, 3.6, style.Colour, "point");
    }

    private static IEnumerable<LegendEntry> Legend(IEnumerable<Entry> levels, IEnumerable<Entry> kappas) =>
    [
        Point("score and interval", Palette.Of(0)),
        .. levels.Select(level => new LegendEntry(
            level.Name, (canvas, x, y) => canvas.Line(x + 16, y - 7, x + 16, y + 7, level.Style.Colour, 2.2, level.Style.Dash))),
        .. kappas.Select(kappa => Point(kappa.Name, kappa.Style)),
    ];

    private static LegendEntry Point(string name, SeriesStyle style) => new(name, (canvas, x, y) =>
    {
        canvas.Line(x, y, x + LegendEntry.SwatchWidth, y, style.Colour, 1.8);
        canvas.Mark(style.Marker, x + LegendEntry.SwatchWidth / 2, y, 3.6, style.Colour);
    });

    private static IEnumerable<double> Ends(Interval interval) =>
        [interval.Mean, interval.Low ?? interval.Mean, interval.High ?? interval.Mean];

    private static IEnumerable<double> Ends(Kappa kappa) => [kappa.Value, kappa.Low ?? kappa.Value, kappa.High ?? kappa.Value];

    private static FigureTable Table(IReadOnlyList<Entry> levels, IReadOnlyList<Entry> kappas, IReadOnlyList<ScoreRow> rows)
    {
        var table = new FigureTableBuilder(
        [
            new("configuration", "name of the configuration"), new("mean", "the score"), new("low", "lower end of its interval"),
            new("high", "upper end"),
            new("confidence", "confidence of the interval"), new("seeds", "number of seeds, or of transformers where there are several"),
            .. levels.Select(level => new FigureColumn(level.Column, "level: " + level.Name)),
            .. kappas.SelectMany(kappa => (FigureColumn[])
            [
                new(kappa.Column, kappa.Name), new(kappa.Column + "_low", "lower end of its interval"),
                new(kappa.Column + "_high", "upper end"),
            ]),
        ]);
        foreach (var row in rows)
        {
            table.Add(
            [
                row.Configuration, row.Value.Mean, row.Value.Low, row.Value.High, row.Value.Confidence, row.Value.Seeds,
                .. row.Levels.Select(level => (object?)level),
                .. row.Kappas.SelectMany(kappa => (object?[])[kappa?.Value, kappa?.Low, kappa?.High]),
            ]);
        }

        return table.Build();
    }
}
