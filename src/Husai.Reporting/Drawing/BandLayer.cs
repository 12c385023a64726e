namespace Husai.Reporting.Drawing;

/// <summary>An interval around a line.</summary>
internal sealed class BandLayer(IReadOnlyList<(double X, double Low, double High)> points, string colour) : Layer
{
    public override void Draw(Canvas canvas, PlotArea area)
    {
        var shown = points.Where(point => area.Shows(point.X, point.Low) && area.YScale.Shows(point.High)).ToArray();
        if (shown.Length > 1)
        {
            canvas.Polygon(
                [.. shown.Select(point => (area.X(point.X), area.Y(point.High))),
                .. shown.Reverse().Select(point => (area.X(point.X), area.Y(point.Low)))],
                colour, 0.18, "band");
        }
    }
}
