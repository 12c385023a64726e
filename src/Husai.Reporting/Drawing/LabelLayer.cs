namespace Husai.Reporting.Drawing;

/// <summary>Short labels above points; one that would touch an earlier one is left out.</summary>
internal sealed class LabelLayer(IReadOnlyList<(double X, double Y, string Text)> labels) : Layer
{
    public override void Draw(Canvas canvas, PlotArea area)
    {
        List<(double Left, double Right, double Y)> placed = [];
        foreach (var (x, y, text) in labels.OrderByDescending(label => label.Y))
        {
            var half = (TextMetrics.Width(text, TextStyle.Small) / 2) + 1;
            var (centre, bottom) = (area.X(x), area.Y(y) - 4);
            if (
                placed.All(other =>
                    centre + half < other.Left || centre - half > other.Right || Math.Abs(bottom - other.Y) > TextStyle.Small + 2))
            {
                placed.Add((centre - half, centre + half, bottom));
                canvas.Text(centre, bottom, text, new TextStyle(TextStyle.Small, TextAnchor.Middle, Bold: true));
            }
        }
    }
}
