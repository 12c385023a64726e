using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Per latent: is a latent that recurs in other seeds also one that agrees with the circuit?</summary>
internal static class LatentScatterFigure
{
    private const string Id = "stability-circuit";

    public static bool HasData(ConfigurationResults configuration) => configuration.LatentPoints.Count > 0;

    public static ReportFigure Create(StudyReportData data)
    {
        const string Title = "Stability against agreement with the circuit";
        var caption = "Each latent of each seed: its mean signed best-match cosine in the other seeds against its agreement with the "
            + "circuit. In brackets the number of latents. Where they are too many to tell apart, darker squares hold more of them. Line: "
            + "the overlap with other planes of the circuit's span."
            + ShownConfigurations.Note(data, HasData);
        var panels = ShownConfigurations.Of(data, HasData).Select(CreatePanel).ToArray();
        var columns = FigureSize.Columns(panels.Length);
        return new ReportFigure(
            Id, Title, caption,
            PanelGrid.Draw(Id, Title, caption, panels, columns, FigureSize.WidthOf(columns), FigureSize.HeightOf(columns)), Table(data),
            Wide: columns > 1);
    }

    private static Panel CreatePanel(ConfigurationResults configuration)
    {
        var points = configuration.LatentPoints;
        List<Layer> layers = [new ScatterLayer([.. points.Select(point => (point.Circuit, point.Stability))], Palette.Of(0).Colour)];
        if (configuration.Circuit?.OtherPlanes is { } others)
        {
            layers.Add(new ReferenceLayer("other planes of the same span", others.Value, ReferenceLayer.SameShape, vertical: true));
        }

        return new Panel(
            $"{configuration.Name} ({points.Count})", new Axis("agreement with the circuit", new LinearScale(0, 1)),
            new Axis("stability", new LinearScale(0, 1)), layers);
    }

    private static FigureTable Table(StudyReportData data)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("seed", "seed of the SAE"), new("latent", "index of the latent"),
            new("stability", "mean best-match cosine in the other seeds"), new("circuit", "agreement with the circuit, 0 to 1"));
        foreach (var configuration in data.Configurations)
        {
            foreach (var point in configuration.LatentPoints)
            {
                table.Add(configuration.Name, point.Seed, point.Latent, point.Stability, point.Circuit);
            }
        }

        return table.Build();
    }
}
