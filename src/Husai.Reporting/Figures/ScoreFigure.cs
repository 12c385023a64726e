using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A score per configuration with its interval over seeds, against its chance levels.</summary>
internal static class ScoreFigure
{
    private const double RowHeight = 24;
    private static readonly TextStyle RowLabel = new(TextStyle.Small, TextAnchor.End);

    public static ReportFigure Create(StudyReportData data, string id, string title, string axis, Func<ConfigurationSummary, ScoreSummary?> select)
    {
        var rows = data.Configurations.Select(configuration => (configuration.Name, Score: select(configuration)))
            .Where(row => row.Score is not null).Select(row => (row.Name, Score: row.Score!)).ToArray();
        var caption = $"{char.ToUpperInvariant(axis[0])}{axis[1..]} ({rows[0].Score.Name}): mean and {100 * rows[0].Score.Value.Confidence:0}% interval over {(data.Configurations.Any(configuration => configuration.Transformers.Count > 0) ? "transformers (over seeds where there is one)" : "seeds")}, beside the levels that random directions reach. A score means something only above the higher level.";
        var names = rows.Select(row => TextMetrics.Fit(row.Name, TextStyle.Small, 170)).ToArray();
        var left = names.Max(name => TextMetrics.Width(name, TextStyle.Small)) + 18;
        var legend = new Legend(Entries(rows), 10, FigureSize.Column - 20);
        var canvas = new SvgCanvas(id, FigureSize.Column, legend.Height + (RowHeight * rows.Length) + 12 + AxisPainter.BottomRoom);
        var scale = LinearScale.Around(rows.SelectMany(row => Values(row.Score)));
        var area = new PlotArea(left, 8 + legend.Height, FigureSize.Column - left - 18, RowHeight * rows.Length, scale, new LinearScale(0, rows.Length));
        legend.Draw(canvas, 6);
        DrawAxis(canvas, area, axis);
        for (var row = 0; row < rows.Length; row++)
        {
            var y = area.Top + ((row + 0.5) * RowHeight);
            canvas.Text(left - 8, y + 3.6, names[row], RowLabel);
            DrawRow(canvas, area, y, rows[row].Score);
        }

        return new ReportFigure(id, title, caption, canvas.ToSvg(title, caption), Table(rows));
    }

    private static void DrawAxis(SvgCanvas canvas, PlotArea area, string label)
    {
        foreach (var tick in AxisPainter.XTicks(area.XScale, area.Width))
        {
            var x = area.X(tick.Value);
            canvas.Line(x, area.Top, x, area.Bottom, Palette.Grid);
            canvas.Line(x, area.Bottom, x, area.Bottom + 4, Palette.Axis);
            canvas.Text(x, area.Bottom + 14, tick.Label, new TextStyle(TextStyle.Small, TextAnchor.Middle, Colour: Palette.Axis));
        }

        canvas.Line(area.Left, area.Bottom, area.Right, area.Bottom, Palette.Axis);
        canvas.Text(area.Left + (area.Width / 2), area.Bottom + 30, label, new TextStyle(Anchor: TextAnchor.Middle));
    }

    private static void DrawRow(SvgCanvas canvas, PlotArea area, double y, ScoreSummary score)
    {
        Chance(score.IsotropicChance, Palette.WeakChance, 2.2);
        Chance(score.CovarianceChance, Palette.Chance, 2.2);
        if (score.Value is { Low: { } low, High: { } high })
        {
            canvas.Line(area.X(low), y, area.X(high), y, Palette.Of(0).Colour, 1.8, role: "interval");
            canvas.Line(area.X(low), y - 3.5, area.X(low), y + 3.5, Palette.Of(0).Colour, 1.2);
            canvas.Line(area.X(high), y - 3.5, area.X(high), y + 3.5, Palette.Of(0).Colour, 1.2);
        }

        canvas.Mark(Marker.Circle, area.X(score.Value.Mean), y, 3.6, Palette.Of(0).Colour, "point");

        void Chance(ChanceLevel? level, string colour, double thickness)
        {
            if (level is not null)
            {
                canvas.Line(area.X(level.Value), y - 8, area.X(level.Value), y + 8, colour, thickness, colour == Palette.WeakChance ? "2 2" : "", "chance");
            }
        }
    }

    private static IEnumerable<LegendEntry> Entries((string Name, ScoreSummary Score)[] rows)
    {
        yield return new LegendEntry("mean and interval", (canvas, x, y) =>
        {
            canvas.Line(x, y, x + LegendEntry.SwatchWidth, y, Palette.Of(0).Colour, 1.8);
            canvas.Mark(Marker.Circle, x + (LegendEntry.SwatchWidth / 2), y, 3.6, Palette.Of(0).Colour);
        });
        if (rows.Any(row => row.Score.IsotropicChance is not null))
        {
            yield return new LegendEntry("isotropic chance", (canvas, x, y) => canvas.Line(x + 16, y - 7, x + 16, y + 7, Palette.WeakChance, 2.2, "2 2"));
        }

        if (rows.Any(row => row.Score.CovarianceChance is not null))
        {
            yield return new LegendEntry("covariance-matched chance", (canvas, x, y) => canvas.Line(x + 16, y - 7, x + 16, y + 7, Palette.Chance, 2.2));
        }
    }

    private static IEnumerable<double> Values(ScoreSummary score) =>
    [
        score.Value.Mean, score.Value.Low ?? score.Value.Mean, score.Value.High ?? score.Value.Mean,
        score.IsotropicChance?.Value ?? score.Value.Mean, score.CovarianceChance?.Value ?? score.Value.Mean,
    ];

    private static FigureTable Table((string Name, ScoreSummary Score)[] rows)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("score", "full name of the score"), new("mean", "mean over seeds"),
            new("low", "lower end of the interval"), new("high", "upper end of the interval"), new("confidence", "confidence of the interval"),
            new("seeds", "number of seeds"), new("isotropic_chance", "level of isotropic directions"),
            new("covariance_chance", "level of directions with the covariance of the activations"), new("kappa", "chance-corrected score against the higher level"));
        foreach (var (name, score) in rows)
        {
            table.Add(
                name, score.Name, score.Value.Mean, score.Value.Low, score.Value.High, score.Value.Confidence, score.Value.Seeds,
                score.IsotropicChance?.Value, score.CovarianceChance?.Value, score.Kappa());
        }

        return table.Build();
    }
}
