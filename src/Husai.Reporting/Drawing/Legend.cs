namespace Husai.Reporting.Drawing;

/// <summary>The legend stands above the plots, so that it never covers data; it takes as many rows as it needs.</summary>
internal sealed class Legend
{
    private const double RowHeight = 17;
    private const double Gap = 16;
    private readonly List<(LegendEntry Entry, string Name, double X, double Y)> _places = [];

    public Legend(IEnumerable<LegendEntry> entries, double left, double width)
    {
        double x = left, y = 0;
        foreach (var entry in entries.DistinctBy(entry => entry.Name))
        {
            var name = TextMetrics.Fit(entry.Name, TextStyle.Small, width - LegendEntry.SwatchWidth - 5);
            var needed = LegendEntry.SwatchWidth + 5 + TextMetrics.Width(name, TextStyle.Small);
            if (x > left && x + needed > left + width)
            {
                (x, y) = (left, y + RowHeight);
            }

            _places.Add((entry, name, x, y));
            x += needed + Gap;
        }

        Height = _places.Count == 0 ? 0 : y + RowHeight + 4;
    }

    /// <summary>Height of all rows.</summary>
    public double Height { get; }

    public void Draw(Canvas canvas, double top)
    {
        foreach (var (entry, name, x, y) in _places)
        {
            entry.Draw(canvas, x, top + y + (RowHeight / 2));
            canvas.Text(x + LegendEntry.SwatchWidth + 5, top + y + (RowHeight / 2) + 3.6, name, new TextStyle(TextStyle.Small));
        }
    }
}
