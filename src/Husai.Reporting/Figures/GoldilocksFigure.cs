namespace Husai.Reporting;

/// <summary>Stability over the number of latents and the sparsity, one map per architecture: where is it high?</summary>
internal static class GoldilocksFigure
{
    private const string Id = "goldilocks";

    /// <summary>Whether some architecture has at least two values of the number of latents or of the sparsity, and four configurations.</summary>
    public static bool HasData(StudyReportData data) => Groups(data).Any(group => group.Count() >= 4);

    public static ReportFigure Create(StudyReportData data)
    {
        const string Title = "Stability over width and sparsity";
        var groups = Groups(data).Where(group => group.Count() > 1).ToArray();
        var kappas = groups.SelectMany(group => group).Select(Kappa).Where(double.IsFinite).ToArray();
        var (low, high) = (Math.Floor(kappas.Min() * 10) / 10, Math.Ceiling(kappas.Max() * 10) / 10);
        var caption = "Chance-corrected stability (kappa against the strongest chance level: 0 at chance, 1 for identical dictionaries) by number of latents and by sparsity; an asterisk marks cells whose interval lies above chance.";
        var maps = groups.Select(group => CreateMap(group, low, high)).ToArray();
        var left = Math.Max(maps.Max(HeatMapPainter.LeftRoom) + 26, TextMetrics.Width("latents", TextStyle.Normal) + 14);
        var cell = Math.Min(64, (FigureSize.Column - left - HeatMapPainter.ColourBarWidth - 16) / maps.Max(map => map.Columns.Count));
        const double CellHeight = 26;
        var height = maps.Sum(map => HeatMapPainter.TopRoom(map, cell) + (map.Rows.Count * CellHeight) + 20);
        var canvas = new SvgCanvas(Id, FigureSize.Column, height + 8);
        var top = 6.0;
        foreach (var (map, group) in maps.Zip(groups))
        {
            top += HeatMapPainter.TopRoom(map, cell);
            var cells = map.Rows.Count * CellHeight;
            HeatMapPainter.Draw(canvas, map, left, top, cell, CellHeight);
            canvas.Text(left - 5, top - 5, "latents", new TextStyle(Anchor: TextAnchor.End));
            canvas.Text(16, top + (cells / 2), group.First().SparsityName, new TextStyle(Anchor: TextAnchor.Middle, Rotation: -90));
            HeatMapPainter.ColourBar(canvas, left + (map.Columns.Count * cell) + 12, top, cells, low, high, "kappa");
            top += cells + 20;
        }

        return new ReportFigure(Id, Title, caption, canvas.ToSvg(Title, caption), Table(data));
    }

    private static IEnumerable<IGrouping<string, ConfigurationSummary>> Groups(StudyReportData data) =>
        data.Configurations.Where(configuration => double.IsFinite(Kappa(configuration)))
            .GroupBy(configuration => $"{configuration.Architecture}, {configuration.Site}".TrimEnd(',', ' '));

    private static double Kappa(ConfigurationSummary configuration) => configuration.Stability?.Kappa() ?? double.NaN;

    private static HeatMap CreateMap(IGrouping<string, ConfigurationSummary> group, double low, double high)
    {
        var columns = group.Select(configuration => configuration.Latents).Distinct().Order().ToArray();
        var rows = group.Select(configuration => configuration.Sparsity).Distinct().Order().ToArray();
        ConfigurationSummary? At(int row, int column) =>
            group.FirstOrDefault(configuration => configuration.Latents == columns[column] && configuration.Sparsity == rows[row]);
        return new HeatMap
        {
            Title = group.Key,
            Rows = [.. rows.Select(FigureNumbers.Short)],
            Columns = [.. columns.Select(count => FigureNumbers.Short(count))],
            Value = (row, column) => At(row, column) is { } configuration ? Kappa(configuration) : double.NaN,
            CellText = (row, column) => At(row, column) is { } configuration
                ? FigureNumbers.Fixed(Kappa(configuration), 2).Replace('-', '\u2212') + (AboveChance.Of(configuration.Stability!) == Reproducibility.BeyondChance ? "*" : "")
                : "",
            Low = low,
            High = high,
        };
    }

    private static FigureTable Table(StudyReportData data)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("architecture", "architecture"), new("site", "activation site"),
            new("latents", "number of latents"), new("sparsity_name", "what sets the sparsity"), new("sparsity", "its value"),
            new("stability", "mean similarity between seeds"), new("kappa", "the same, corrected for the strongest chance level"));
        foreach (var configuration in data.Configurations)
        {
            table.Add(
                configuration.Name, configuration.Architecture, configuration.Site, configuration.Latents, configuration.SparsityName, configuration.Sparsity,
                configuration.Stability?.Value.Mean, configuration.Stability?.Kappa());
        }

        return table.Build();
    }
}
