using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Stability over the number of latents and the sparsity, one map per architecture: where is it high?</summary>
internal static class GoldilocksFigure
{
    private const string Id = "goldilocks";

    /// <summary>
    /// Whether some architecture has at least two values of the number of latents or of the sparsity, and four configurations.
    /// </summary>
    public static bool HasData(StudyReportData data) => Groups(data).Any(group => group.Count() >= 4);

    public static ReportFigure Create(StudyReportData data)
    {
        const string Title = "Stability over width and sparsity";
        var groups = Groups(data).ToArray();
        var kappas = groups.SelectMany(group => group).Select(Kappa).ToArray();
        var (low, high) = (Math.Floor(kappas.Min() * 10) / 10, Math.Ceiling(kappas.Max() * 10) / 10);
        var sites = groups.Select(group => group.First().PlaceInWords()).Distinct().ToArray();
        var caption = "Chance-corrected stability (kappa: 0 for independent dictionaries of the same shape, 1 for identical ones) by "
            + "number of latents, from left to right, and by what sets the sparsity; an asterisk marks cells whose seeds share latents "
            + "(both intervals above 0)."
            + (sites.Length == 1 && sites[0].Length > 0 ? $" Activations: {sites[0]}." : "");
        var maps = groups.Select(group => CreateMap(group, low, high, sites.Length > 1)).ToArray();
        var left = Math.Max(maps.Max(HeatMapPainter.LeftRoom) + 8, TextMetrics.Width("latents", TextStyle.Normal) + 14);
        var cell = Math.Min(64, (FigureSize.Column - left - HeatMapPainter.ColourBarWidth - 16) / maps.Max(map => map.Columns.Count));
        const double CellHeight = 26;
        var height = maps.Sum(map => HeatMapPainter.TopRoom(map, cell) + (map.Rows.Count * CellHeight) + 16);
        var picture = new Picture(Id, FigureSize.Column, height + 8, Title, caption, canvas =>
        {
            var top = 6.0;
            HeatMapPainter.ColourBar(
                canvas, left + (maps.Max(map => map.Columns.Count) * cell) + 12, top + HeatMapPainter.TopRoom(maps[0], cell),
                Math.Min(180, height - HeatMapPainter.TopRoom(maps[0], cell) - 16), low, high, "kappa");
            foreach (var map in maps)
            {
                top += HeatMapPainter.TopRoom(map, cell);
                HeatMapPainter.Draw(canvas, map, left, top, cell, CellHeight);
                canvas.Text(left - 5, top - 5, "latents", new TextStyle(Anchor: TextAnchor.End, Colour: Palette.Axis));
                top += (map.Rows.Count * CellHeight) + 16;
            }
        });
        return new ReportFigure(Id, Title, caption, picture, Table(data));
    }

    private static IEnumerable<IGrouping<string, ConfigurationResults>> Groups(StudyReportData data) =>
        data.Configurations.Where(configuration => double.IsFinite(Kappa(configuration)))
            .GroupBy(configuration => $"{configuration.Architecture}, {configuration.PlaceInWords()}".TrimEnd(',', ' '));

    private static double Kappa(ConfigurationResults configuration) => configuration.Stability?.Kappa?.Value ?? double.NaN;

    private static HeatMap CreateMap(IGrouping<string, ConfigurationResults> group, double low, double high, bool namesSite)
    {
        var columns = group.Select(configuration => configuration.Latents).Distinct().Order().ToArray();
        var rows = group.Select(configuration => configuration.Sparsity).Distinct().Order().ToArray();
        ConfigurationResults? At(int row, int column) =>
            group.FirstOrDefault(configuration => configuration.Latents == columns[column] && configuration.Sparsity == rows[row]);
        return new HeatMap
        {
            Title = namesSite ? group.Key : group.First().Architecture,
            Rows = [.. rows.Select(sparsity => $"{group.First().SparsityName} = {FigureNumbers.Short(sparsity)}")],
            Columns = [.. columns.Select(count => FigureNumbers.Short(count))],
            Value = (row, column) => At(row, column) is { } configuration ? Kappa(configuration) : double.NaN,
            CellText = (row, column) => At(row, column) is { } configuration
                ? FigureNumbers.Fixed(Kappa(configuration), 2)
                    .Replace('-', '\u2212') + (configuration.Stability!.Verdict is { IsReproducible: true } ? "*" : "")
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
            new("stability", "mean similarity between seeds"), new("kappa", "the same, corrected for chance"));
        foreach (var configuration in data.Configurations)
        {
            table.Add(
                configuration.Name, configuration.Architecture, configuration.PlaceInWords(), configuration.Latents,
                configuration.SparsityName, configuration.Sparsity,
                configuration.Stability?.Value.Mean, configuration.Stability?.Kappa?.Value);
        }

        return table.Build();
    }
}
