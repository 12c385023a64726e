namespace Husai.Reporting.Drawing;

/// <summary>Draws heat maps with labels and a colour bar.</summary>
internal static class HeatMapPainter
{
    private const double GroupGap = 3;
    private const double LeastLabelledCell = 21;
    private static readonly TextStyle RowLabel = new(TextStyle.Small, TextAnchor.End);

    /// <summary>Room for the row labels.</summary>
    public static double LeftRoom(HeatMap map) => map.Rows.Max(label => TextMetrics.Width(label, TextStyle.Small)) + 8;

    /// <summary>Room for the column labels above the cells and the heading.</summary>
    public static double TopRoom(HeatMap map, double cell) =>
        (map.Title.Length > 0 ? 18 : 0) + (
            Turned(map, cell) ? map.Columns.Max(label => TextMetrics.Width(label, TextStyle.Small)) + 6 : 16);

    /// <summary>Height of the cells.</summary>
    public static double CellsHeight(HeatMap map, double cell) => (map.Rows.Count * cell) + Offset(map, map.Rows.Count - 1);

    /// <summary>Width of the cells.</summary>
    public static double CellsWidth(HeatMap map, double cell) => (map.Columns.Count * cell) + Offset(map, map.Columns.Count - 1);

    /// <summary>Draws the map; its first cell lies at the coordinates.</summary>
    public static void Draw(Canvas canvas, HeatMap map, double left, double top, double cell, double cellHeight)
    {
        if (map.Title.Length > 0)
        {
            canvas.Text(left, top - TopRoom(map, cell) + 10, map.Title, new TextStyle(Bold: true));
        }

        for (var row = 0; row < map.Rows.Count; row++)
        {
            var y = top + (row * cellHeight) + Offset(map, row);
            if (map.Rows[row].Length > 0)
            {
                canvas.Text(left - 5, y + (cellHeight / 2) + 3.6, map.Rows[row], RowLabel);
            }

            for (var column = 0; column < map.Columns.Count; column++)
            {
                DrawCell(canvas, map, row, column, left + (column * cell) + Offset(map, column), y, cell, cellHeight);
            }
        }

        DrawColumnLabels(canvas, map, left, top, cell);
    }

    /// <summary>Draws the colour bar with its ticks to the right.</summary>
    public static void ColourBar(Canvas canvas, double x, double top, double height, double low, double high, string label)
    {
        const int Steps = 32;
        for (var step = 0; step < Steps; step++)
        {
            canvas.Rectangle(
                x, top + (step * height / Steps), 10, (height / Steps) + 0.3, ColourMap.Hex(1 - ((step + 0.5) / Steps)), "colour");
        }

        var scale = new LinearScale(low, high);
        foreach (var tick in scale.Ticks((int)Math.Max(2, height / 30)))
        {
            var y = top + ((1 - scale.Position(tick.Value)) * height);
            canvas.Line(x + 10, y, x + 13, y, Palette.Axis);
            canvas.Text(x + 16, y + 3.6, tick.Label, new TextStyle(TextStyle.Small, Colour: Palette.Axis));
        }

        canvas.Text(x + ColourBarWidth - 4, top + (height / 2), label, new TextStyle(TextStyle.Normal, TextAnchor.Middle, Rotation: -90));
    }

    /// <summary>Width of a colour bar with its ticks and its label.</summary>
    public const double ColourBarWidth = 58;

    private static void DrawCell(Canvas canvas, HeatMap map, int row, int column, double x, double y, double width, double height)
    {
        var value = map.Value(row, column);
        if (!double.IsFinite(value))
        {
            canvas.Rectangle(x + 0.4, y + 0.4, width - 0.8, height - 0.8, "#ffffff", "empty", Palette.Grid);
            if (map.IsCrossed(row, column))
            {
                canvas.Line(x + 0.25 * width, y + 0.25 * height, x + 0.75 * width, y + 0.75 * height, Palette.WeakChance, role: "crossed");
                canvas.Line(x + 0.25 * width, y + 0.75 * height, x + 0.75 * width, y + 0.25 * height, Palette.WeakChance, role: "crossed");
            }

            return;
        }

        if (map.Link(row, column) is { } address)
        {
            canvas.Link(
                address, $"{map.Rows[row]}, {map.Columns[column]}: {TextOf(map, row, column)}",
                () => DrawValue(canvas, map, row, column, x, y, width, height));
            return;
        }

        DrawValue(canvas, map, row, column, x, y, width, height);
    }

    private static void DrawValue(Canvas canvas, HeatMap map, int row, int column, double x, double y, double width, double height)
    {
        var value = map.Value(row, column);
        var position = map.Position(value);
        canvas.Rectangle(x, y, width, height, ColourMap.Hex(position), "cell", "#ffffff");
        var text = TextOf(map, row, column);
        var size = Math.Min(
            TextStyle.Small, 0.9 * TextStyle.Small * width / Math.Max(LeastLabelledCell, TextMetrics.Width(text, TextStyle.Small)));
        if (width >= LeastLabelledCell)
        {
            canvas.Text(
                x + (width / 2), y + (height / 2) + (0.36 * size), text,
                new TextStyle(size, TextAnchor.Middle, Colour: ColourMap.TextOn(position)));
        }
    }

    private static string TextOf(HeatMap map, int row, int column) =>
        map.CellText?.Invoke(row, column) ?? FigureNumbers.Fixed(map.Value(row, column), 2);

    private static void DrawColumnLabels(Canvas canvas, HeatMap map, double left, double top, double cell)
    {
        for (var column = 0; column < map.Columns.Count; column++)
        {
            if (map.Columns[column].Length == 0)
            {
                continue;
            }

            var x = left + (column * cell) + Offset(map, column) + (cell / 2);
            var style = Turned(map, cell)
                ? new TextStyle(TextStyle.Small, Rotation: -90)
                : new TextStyle(TextStyle.Small, TextAnchor.Middle);
            canvas.Text(Turned(map, cell) ? x + 3.6 : x, top - 5, map.Columns[column], style);
        }
    }

    private static bool Turned(HeatMap map, double cell) => map.Columns.Any(label => TextMetrics.Width(label, TextStyle.Small) > cell - 3);

    // Total width of the gaps before a row or column.
    private static double Offset(HeatMap map, int index)
    {
        var (gaps, start) = (0, 0);
        foreach (var size in map.Groups)
        {
            start += size;
            gaps += index >= start ? 1 : 0;
        }

        return gaps * GroupGap;
    }
}
