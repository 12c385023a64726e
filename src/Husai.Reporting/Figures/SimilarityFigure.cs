using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>The similarity of every run to every other, as a heat map.</summary>
internal static class SimilarityFigure
{
    private const double LeastCellForSeeds = 11;

    public static ReportFigure Create(SimilaritySummary matrix, string id, Func<int, int, string?>? link = null)
    {
        var count = matrix.Values.Count;
        var sharesStart = matrix.SharesStart();
        var others = matrix.Values.SelectMany((row, r) => row.Where((value, c) => c != r && double.IsFinite(value) && !sharesStart(r, c)))
            .DefaultIfEmpty(0).ToArray();
        var names = matrix.Groups.Select((group, index) => $"{group} · {matrix.Labels[index]}").ToArray();
        var (title, caption) = (
            "Similarity between runs",
            $"Similarity ({matrix.Name}) of every run to every other; runs of one configuration stand together, the diagonal is left out."
                + (
                    matrix.SharedStarts.Count == 0
                        ? ""
                        : " Crossed cells are of runs that share their initial weights: their similarity says nothing about what training "
                            + "finds."));
        var width = count > 12 ? FigureSize.Page : FigureSize.Column;
        var map = CreateMap(matrix, names, matrix.Labels, others, sharesStart, link);
        var (left, cell) = Measure(map, width);
        if (cell < LeastCellForSeeds)
        {
            // Too many runs for a line of text each: one label for each configuration.
            map = CreateMap(matrix, GroupLabels(matrix), [.. matrix.Labels.Select(_ => "")], others, sharesStart, link);
            (left, cell) = Measure(map, width);
        }

        var top = HeatMapPainter.TopRoom(map, cell) + 8;
        var height = HeatMapPainter.CellsHeight(map, cell);
        var picture = new Picture(id, width, top + height + 10, title, caption, canvas =>
        {
            HeatMapPainter.Draw(canvas, map, left, top, cell, cell);
            HeatMapPainter.ColourBar(
                canvas, left + HeatMapPainter.CellsWidth(map, cell) + 14, top, Math.Min(height, 200), map.Low, map.High, "similarity");
        });
        return new ReportFigure(id, title, caption, picture, Table(matrix, names, sharesStart), Wide: width == FigureSize.Page);
    }

    private static HeatMap CreateMap(
        SimilaritySummary matrix, IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[] others,
        Func<int, int, bool> sharesStart, Func<int, int, string?>? link) =>
        new()
        {
            Rows = rows,
            Columns = columns,
            Value = (row, column) => row == column || sharesStart(row, column) ? double.NaN : matrix.Values[row][column],
            IsCrossed = sharesStart,
            Link = link ?? ((_, _) => null),
            Low = Math.Floor(others.Min() * 20) / 20,
            High = Math.Ceiling(others.Max() * 20) / 20,
            Groups = [.. matrix.Groups.GroupBy(group => group).Select(group => group.Count())],
        };

    private static (double Left, double Cell) Measure(HeatMap map, double width)
    {
        var left = HeatMapPainter.LeftRoom(map) + 6;
        return (left, Math.Min(34, (width - left - HeatMapPainter.ColourBarWidth - 22 - (3 * map.Groups.Count)) / map.Rows.Count));
    }

    // At the middle run of each configuration.
    private static string[] GroupLabels(SimilaritySummary matrix)
    {
        var labels = Enumerable.Repeat("", matrix.Groups.Count).ToArray();
        var start = 0;
        foreach (var group in matrix.Groups.GroupBy(group => group))
        {
            labels[start + ((group.Count() - 1) / 2)] = group.Key;
            start += group.Count();
        }

        return labels;
    }

    private static FigureTable Table(SimilaritySummary matrix, string[] names, Func<int, int, bool> sharesStart)
    {
        var table = new FigureTableBuilder(
            new("first", "configuration and label of the first run"), new("second", "the same of the second run"),
            new("similarity", matrix.Name),
            new("shared_start", "1 where the two share their initial weights, else 0"));
        for (var row = 0; row < names.Length; row++)
        {
            for (var column = 0; column < names.Length; column++)
            {
                table.Add(names[row], names[column], matrix.Values[row][column], sharesStart(row, column) ? 1 : 0);
            }
        }

        return table.Build();
    }
}
