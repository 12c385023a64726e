namespace Husai.Reporting.Drawing;

/// <summary>Plots in rows and columns under one legend, with equal frames.</summary>
internal static class PanelGrid
{
    private const double Margin = 6;
    private const double RightRoom = 16;
    private const double TitleHeight = 18;

    /// <summary>Draws the figure.</summary>
    /// <param name="id">Prefix of the ids inside it.</param>
    /// <param name="title">Its accessible title.</param>
    /// <param name="description">Its accessible description.</param>
    /// <param name="panels">The plots, row by row.</param>
    /// <param name="columns">Plots in a row, if there are that many.</param>
    /// <param name="width">Width of the figure.</param>
    /// <param name="plotHeight">Height of one plot without its axes.</param>
    public static Picture Draw(
        string id, string title, string description, IReadOnlyList<Panel> panels, int columns, double width, double plotHeight)
    {
        columns = Math.Min(columns, panels.Count);
        var rows = (panels.Count + columns - 1) / columns;
        var left = panels.Max(panel => AxisPainter.LeftRoom(panel.Y.Scale, plotHeight));
        var head = panels.Any(panel => panel.Title.Length > 0) ? TitleHeight : 6;
        var cellWidth = (width - (2 * Margin)) / columns;
        var cellHeight = head + plotHeight + AxisPainter.BottomRoom + 4;
        var legend = new Legend(
            panels.SelectMany(panel => panel.Layers).Select(layer => layer.Legend).OfType<LegendEntry>(), Margin + 4,
            width - (2 * Margin) - 8);
        return new Picture(id, width, (2 * Margin) + legend.Height + (rows * cellHeight), title, description, canvas =>
        {
            legend.Draw(canvas, Margin);
            for (var index = 0; index < panels.Count; index++)
            {
                var panel = panels[index];
                var area = new PlotArea(
                    Margin + (index % columns * cellWidth) + left, Margin + legend.Height + (index / columns * cellHeight) + head,
                    cellWidth - left - RightRoom, plotHeight, panel.X.Scale, panel.Y.Scale);
                DrawPanel(canvas, area, panel, left);
            }
        });
    }

    private static void DrawPanel(Canvas canvas, PlotArea area, Panel panel, double left)
    {
        if (panel.Title.Length > 0)
        {
            var heading = TextMetrics.Fit(panel.Title, TextStyle.Normal * 1.08, area.Width + RightRoom);
            canvas.Text(area.Left, area.Top - 7, heading, new TextStyle(Bold: true));
        }

        AxisPainter.Frame(canvas, area);
        canvas.Clip(area.Left, area.Top, area.Width, area.Height, () =>
        {
            foreach (var layer in panel.Layers)
            {
                layer.Draw(canvas, area);
            }
        });
        AxisPainter.Axes(canvas, area, panel, left);
    }
}
