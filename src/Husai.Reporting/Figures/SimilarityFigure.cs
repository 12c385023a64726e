namespace Husai.Reporting;

/// <summary>The similarity of every run to every other, as a heat map.</summary>
internal static class SimilarityFigure
{
    public static ReportFigure Create(SimilarityMatrix matrix, string id)
    {
        var count = matrix.Values.Count;
        var others = matrix.Values.SelectMany((row, r) => row.Where((value, c) => c != r && double.IsFinite(value))).DefaultIfEmpty(0).ToArray();
        var names = matrix.Groups.Select((group, index) => $"{group} · {matrix.Labels[index]}").ToArray();
        var map = new HeatMap
        {
            Rows = names,
            Columns = matrix.Labels,
            Value = (row, column) => row == column ? double.NaN : matrix.Values[row][column],
            Low = Math.Floor(others.Min() * 20) / 20,
            High = Math.Ceiling(others.Max() * 20) / 20,
            Groups = [.. matrix.Groups.GroupBy(group => group).Select(group => group.Count())],
        };
        var (title, caption) = ("Similarity between runs", $"Similarity ({matrix.Name}) of every run to every other; runs of one configuration stand together, the diagonal is left out.");
        var left = HeatMapPainter.LeftRoom(map) + 6;
        var width = count > 12 ? FigureSize.Page : FigureSize.Column;
        var cell = Math.Min(34, (width - left - HeatMapPainter.ColourBarWidth - 22 - (3 * map.Groups.Count)) / count);
        var top = HeatMapPainter.TopRoom(map, cell) + 8;
        var height = HeatMapPainter.CellsHeight(map, cell);
        var canvas = new SvgCanvas(id, width, top + height + 10);
        HeatMapPainter.Draw(canvas, map, left, top, cell, cell);
        HeatMapPainter.ColourBar(
            canvas, left + HeatMapPainter.CellsWidth(map, cell) + 14, top, Math.Min(height, 200), map.Low, map.High, "similarity");
        return new ReportFigure(id, title, caption, canvas.ToSvg(title, caption), Table(matrix, names), Wide: width == FigureSize.Page);
    }

    private static FigureTable Table(SimilarityMatrix matrix, string[] names)
    {
        var table = new FigureTableBuilder(
            new("first", "configuration and label of the first run"), new("second", "the same of the second run"), new("similarity", matrix.Name));
        for (var row = 0; row < names.Length; row++)
        {
            for (var column = 0; column < names.Length; column++)
            {
                table.Add(names[row], names[column], matrix.Values[row][column]);
            }
        }

        return table.Build();
    }
}
