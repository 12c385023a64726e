using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results;

/// <summary>A figure of one panel with a line for each series.</summary>
internal static class SeriesFigure
{
    private const double PlotHeight = 170;

    /// <summary>Draws it, with its numbers.</summary>
    public static ReportFigure Draw(
        string id, string title, string caption, Axis x, string y, IReadOnlyList<(string Name, (double X, double Y)[] Points)> series)
    {
        var table = new FigureTableBuilder(new("series", "what is shown"), new("x", x.Label), new("y", y));
        foreach (var (name, points) in series)
        {
            foreach (var point in points)
            {
                table.Add(name, point.X, point.Y);
            }
        }

        var panel = new Panel(
            "", x, new Axis(y, LinearScale.Around(series.SelectMany(line => line.Points.Select(point => point.Y)))),
            [.. series.Select((line, index) => new LineLayer(line.Name, line.Points, Palette.Of(index)))]);
        return new ReportFigure(
            id, title, caption, PanelGrid.Draw(id, title, caption, [panel], 1, FigureSize.Column, PlotHeight), table.Build());
    }
}
