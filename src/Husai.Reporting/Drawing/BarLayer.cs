namespace Husai.Reporting.Drawing;

/// <summary>Bars from zero between the edges of bins.</summary>
internal sealed class BarLayer(string name, IReadOnlyList<(double Low, double High, double Value)> bars, string colour) : Layer
{
    public override LegendEntry? Legend => name.Length == 0 ? null : LegendEntry.Box(name, colour);

    public override void Draw(Canvas canvas, PlotArea area)
    {
        foreach (var (low, high, value) in bars)
        {
            var (left, right, top) = (area.X(low), area.X(high), area.Y(value));
            var gap = Math.Min(0.6, 0.1 * (right - left));
            canvas.Rectangle(left + gap, top, right - left - (2 * gap), area.Bottom - top, colour, "bar");
        }
    }
}
