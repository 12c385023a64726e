using Husai.Experiments.Studies.Results;
using Husai.Numerics.Functions;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>How often latents fire, the dead ones as a bar of their own.</summary>
internal static class FiringFigure
{
    private const string Id = "firing-frequency";
    private const string AllSeeds = "all seeds together";

    public static bool HasData(ConfigurationResults configuration) => configuration.Firing is { Counts.Count: > 0 };

    public static ReportFigure Create(StudyReportData data) => Create(data, AllSeeds);

    /// <summary>The figure of other SAEs than those of a configuration.</summary>
    /// <param name="data">The SAEs.</param>
    /// <param name="saes">Which SAEs each plot counts the latents of, in words.</param>
    public static ReportFigure Create(StudyReportData data, string saes)
    {
        const string Title = "Firing frequencies";
        var caption = $"Latents by the share of rows on which they fire (log10), {saes}; the bar at the left holds those that "
            + "never fired, the line is the threshold below which a latent counts as dead."
            + ShownConfigurations.Note(data, HasData);
        var panels = ShownConfigurations.Of(data, HasData).Select(CreatePanel).ToArray();
        var columns = FigureSize.Columns(panels.Length);
        var width = columns == 1 ? FigureSize.Column : FigureSize.Page;
        return new ReportFigure(
            Id, Title, caption, PanelGrid.Draw(Id, Title, caption, panels, columns, width, 120), Table(data), Wide: columns > 1);
    }

    private static Panel CreatePanel(ConfigurationResults configuration)
    {
        var firing = configuration.Firing!;
        var edges = firing.BinEdges;
        var threshold = Transcendental.Log(firing.DeadThreshold) / Transcendental.Log(10);
        var width = edges[1] - edges[0];
        var low = Math.Min(edges[0], threshold);
        var dead = low - (2.5 * width);
        return new Panel(
            configuration.Name, new Axis("log10 of the firing frequency", new LinearScale(dead - (0.5 * width), Math.Max(0, edges[^1]))),
            new Axis("latents", new LinearScale(0, Math.Max(1, 1.05 * firing.Counts.Append(firing.Dead).Max()))), [
                new BarLayer("firing", [.. firing.Counts.Select((count, bin) => (edges[bin], edges[bin + 1], (double)count))], Palette.Bar),
                new BarLayer("never fired", [(dead, dead + (1.5 * width), firing.Dead)], Palette.Ink),
                new ReferenceLayer("dead below", threshold, ReferenceLayer.SameShape, vertical: true),
            ]);
    }

    private static FigureTable Table(StudyReportData data)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"),
            new("low", "lower edge of the bin, log10 of the firing frequency; empty for latents that never fired"),
            new("high", "upper edge of the bin"), new("latents", "number of latents, all seeds together"));
        foreach (var configuration in data.Configurations.Where(HasData))
        {
            var firing = configuration.Firing!;
            table.Add(configuration.Name, null, null, firing.Dead);
            for (var bin = 0; bin < firing.Counts.Count; bin++)
            {
                table.Add(configuration.Name, firing.BinEdges[bin], firing.BinEdges[bin + 1], firing.Counts[bin]);
            }
        }

        return table.Build();
    }
}
