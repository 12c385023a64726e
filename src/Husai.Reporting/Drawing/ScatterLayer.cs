using Husai.Numerics.Functions;

namespace Husai.Reporting.Drawing;

/// <summary>Points; where there are too many to tell apart, squares whose darkness says how many lie in each.</summary>
internal sealed class ScatterLayer(IReadOnlyList<(double X, double Y)> points, string colour) : Layer
{
    /// <summary>More points than this are binned.</summary>
    public const int MostPoints = 500;

    private const double Cell = 5;

    public override void Draw(Canvas canvas, PlotArea area)
    {
        var shown = points.Where(point => area.Shows(point.X, point.Y)).Select(point => (X: area.X(point.X), Y: area.Y(point.Y))).ToArray();
        if (shown.Length > MostPoints)
        {
            DrawBins(canvas, area, shown);
            return;
        }

        foreach (var (x, y) in shown)
        {
            canvas.Mark(Marker.Circle, x, y, 2.2, colour, "point", 0.55);
        }
    }

    private static void DrawBins(Canvas canvas, PlotArea area, (double X, double Y)[] shown)
    {
        var (columns, rows) = ((int)(area.Width / Cell), (int)(area.Height / Cell));
        var (width, height) = (area.Width / columns, area.Height / rows);
        var bins = shown
            .GroupBy(point => (
                Row: Math.Clamp((int)((point.Y - area.Top) / height), 0, rows - 1),
                Column: Math.Clamp((int)((point.X - area.Left) / width), 0, columns - 1)))
            .Select(bin => (bin.Key, Count: bin.Count())).OrderBy(bin => bin.Key).ToArray();
        var most = Transcendental.Log(bins.Max(bin => bin.Count) + 1);
        foreach (var (key, count) in bins)
        {
            var darkness = 0.18 + (0.82 * Transcendental.Log(count + 1) / most);
            canvas.Rectangle(
                area.Left + (key.Column * width), area.Top + (key.Row * height), width, height, ColourMap.Hex(darkness), "bin");
        }
    }
}
