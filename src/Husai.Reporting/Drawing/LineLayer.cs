namespace Husai.Reporting.Drawing;

/// <summary>A line through points, with a few marks so that it is known in grey.</summary>
internal sealed class LineLayer(
    string name, IReadOnlyList<(double X, double Y)> points, SeriesStyle style, bool marked = true, double thickness = 1.6) : Layer
{
    private const int Marks = 7;

    public override LegendEntry? Legend => name.Length == 0 ? null : LegendEntry.Line(name, style, marked, thickness);

    public override void Draw(Canvas canvas, PlotArea area)
    {
        var shown = points.Where(point => area.Shows(point.X, point.Y)).Select(point => (X: area.X(point.X), Y: area.Y(point.Y))).ToArray();
        if (shown.Length == 0)
        {
            return;
        }

        canvas.Polyline(shown, style.Colour, thickness, style.Dash, "line");
        if (marked)
        {
            DrawMarks(canvas, area, shown);
        }
    }

    // Marks stand at even distances on the paper, not in the data: logged steps crowd on a logarithmic axis.
    private void DrawMarks(Canvas canvas, PlotArea area, (double X, double Y)[] shown)
    {
        var distance = shown.Length <= Marks ? 0 : area.Width / Marks;
        var last = double.NegativeInfinity;
        foreach (var (x, y) in shown)
        {
            if (x - last >= distance)
            {
                canvas.Mark(style.Marker, x, y, 2.6, style.Colour, "mark");
                last = x;
            }
        }
    }
}
