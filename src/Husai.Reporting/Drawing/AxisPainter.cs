namespace Husai.Reporting.Drawing;

/// <summary>Draws the frame of a plot: grid, ticks, labels.</summary>
internal static class AxisPainter
{
    private const double TickLength = 4;
    private static readonly TextStyle XTick = new(TextStyle.Small, TextAnchor.Middle, Colour: Palette.Axis);
    private static readonly TextStyle YTick = new(TextStyle.Small, TextAnchor.End, Colour: Palette.Axis);
    private static readonly TextStyle Label = new(TextStyle.Normal, TextAnchor.Middle);

    /// <summary>Room below a plot for the ticks and the label of its axis.</summary>
    public const double BottomRoom = 36;

    /// <summary>Ticks of a vertical axis of this height.</summary>
    public static IReadOnlyList<Tick> YTicks(Scale scale, double height) => scale.Ticks((int)Math.Max(2, height / 26));

    /// <summary>Room to the left of a plot for the ticks and the label of its axis.</summary>
    public static double LeftRoom(Scale scale, double height) =>
        YTicks(scale, height).Max(tick => TextMetrics.Width(tick.Label, TextStyle.Small)) + TickLength + 4 + 19;

    /// <summary>Ticks of a horizontal axis, as many as fit without touching.</summary>
    public static IReadOnlyList<Tick> XTicks(Scale scale, double width)
    {
        for (var most = (int)Math.Max(2, width / 34); ; most--)
        {
            var ticks = scale.Ticks(most);
            if (most <= 2 || Fit(ticks, scale, width))
            {
                return ticks;
            }
        }
    }

    public static void Frame(Canvas canvas, PlotArea area)
    {
        foreach (var tick in YTicks(area.YScale, area.Height))
        {
            canvas.Line(area.Left, area.Y(tick.Value), area.Right, area.Y(tick.Value), Palette.Grid);
        }
    }

    public static void Axes(Canvas canvas, PlotArea area, Panel panel, double leftRoom)
    {
        canvas.Line(area.Left, area.Bottom, area.Right, area.Bottom, Palette.Axis);
        canvas.Line(area.Left, area.Top, area.Left, area.Bottom, Palette.Axis);
        foreach (var tick in XTicks(area.XScale, area.Width))
        {
            var x = area.X(tick.Value);
            canvas.Line(x, area.Bottom, x, area.Bottom + (tick.Label.Length > 0 ? TickLength : TickLength / 2), Palette.Axis);
            Mark(canvas, x, area.Bottom + TickLength + 10, tick.Label, XTick);
        }

        foreach (var tick in YTicks(area.YScale, area.Height))
        {
            var y = area.Y(tick.Value);
            canvas.Line(area.Left - (tick.Label.Length > 0 ? TickLength : TickLength / 2), y, area.Left, y, Palette.Axis);
            Mark(canvas, area.Left - TickLength - 3, y + 3.6, tick.Label, YTick);
        }

        canvas.Text(area.Left + (area.Width / 2), area.Bottom + BottomRoom - 6, panel.X.Label, Label);
        canvas.Text(area.Left - leftRoom + 11, area.Top + (area.Height / 2), panel.Y.Label, Label with { Rotation = -90 });
    }

    private static void Mark(Canvas canvas, double x, double y, string label, TextStyle style)
    {
        if (label.Length > 0)
        {
            canvas.Text(x, y, label, style);
        }
    }

    private static bool Fit(IReadOnlyList<Tick> ticks, Scale scale, double width)
    {
        var end = double.NegativeInfinity;
        foreach (var tick in ticks.Where(tick => tick.Label.Length > 0))
        {
            var half = TextMetrics.Width(tick.Label, TextStyle.Small) / 2;
            var centre = scale.Position(tick.Value) * width;
            if (centre - half < end + 6)
            {
                return false;
            }

            end = centre + half;
        }

        return true;
    }
}
