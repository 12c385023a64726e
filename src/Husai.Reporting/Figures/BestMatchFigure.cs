using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>How the best-match cosines between seeds are distributed, against chance.</summary>
internal static class BestMatchFigure
{
    private const string Id = "best-matches";

    public static bool HasData(ConfigurationResults configuration) => configuration.BestMatches is { Observed.Count: > 0 };

    public static ReportFigure Create(StudyReportData data)
    {
        const string Title = "Best-match cosines against chance";
        var caption = "Share of the latents by the cosine to their best match in another seed (bars), and the same between independent "
            + "dictionaries of the same shape, between dictionaries turned within the activations' principal directions, and between "
            + "isotropic directions."
            + ShownConfigurations.Note(data, HasData);
        var panels = ShownConfigurations.Of(data, HasData).Select(CreatePanel).ToArray();
        var columns = FigureSize.Columns(panels.Length);
        var width = columns == 1 ? FigureSize.Column : FigureSize.Page;
        return new ReportFigure(
            Id, Title, caption, PanelGrid.Draw(Id, Title, caption, panels, columns, width, 120), Table(data), Wide: columns > 1);
    }

    private static Panel CreatePanel(ConfigurationResults configuration)
    {
        var matches = configuration.BestMatches!;
        var edges = matches.Edges;
        var highest = matches.Observed.Concat(matches.SameShape).Concat(matches.Turned).Concat(matches.Isotropic).Max();
        List<Layer> layers =
        [
            new BarLayer("between seeds", [.. matches.Observed.Select((share, bin) => (edges[bin], edges[bin + 1], share))], Palette.Bar),
        ];
        Add("isotropic", matches.Isotropic, ReferenceLayer.Isotropic);
        Add("turned", matches.Turned, ReferenceLayer.Turned);
        Add("same shape", matches.SameShape, ReferenceLayer.SameShape);
        return new Panel(
            configuration.Name, new Axis("best-match cosine", new LinearScale(edges[0], edges[^1])),
            new Axis("share of latents", new LinearScale(0, highest * 1.05)), layers);

        void Add(string name, IReadOnlyList<double> shares, SeriesStyle style)
        {
            if (shares.Count > 0)
            {
                layers.Add(new LineLayer(name, Steps(edges, shares), style, marked: false));
            }
        }
    }

    private static IReadOnlyList<(double X, double Y)> Steps(IReadOnlyList<double> edges, IReadOnlyList<double> shares) =>
        [.. shares.SelectMany((share, bin) => new[] { (edges[bin], share), (edges[bin + 1], share) }).SkipWhile(IsEmpty).Reverse()
            .SkipWhile(IsEmpty).Reverse()];

    // A line along the axis where a distribution has nothing would only hide the bars.
    private static bool IsEmpty((double X, double Y) point) => point.Y < 1e-4;

    private static FigureTable Table(StudyReportData data)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("low", "lower edge of the bin of cosines"),
            new("high", "upper edge of the bin"),
            new("observed", "share of the latents"), new("same_shape", "share between independent dictionaries of the same shape"),
            new("turned", "share between turned dictionaries"), new("isotropic", "share between isotropic directions"));
        foreach (var configuration in data.Configurations.Where(HasData))
        {
            var matches = configuration.BestMatches!;
            for (var bin = 0; bin < matches.Observed.Count; bin++)
            {
                table.Add(
                    configuration.Name, matches.Edges[bin], matches.Edges[bin + 1], matches.Observed[bin], At(matches.SameShape, bin),
                    At(matches.Turned, bin), At(matches.Isotropic, bin));
            }
        }

        return table.Build();

        static double? At(IReadOnlyList<double> shares, int bin) => bin < shares.Count ? shares[bin] : null;
    }
}
