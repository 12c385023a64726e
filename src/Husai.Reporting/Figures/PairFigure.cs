using Husai.Numerics.Functions;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Latents of one SAE against their best matches in another.</summary>
internal static class PairFigure
{
    private const string Id = "pair";

    public static ReportFigure Create(string first, string second, IReadOnlyList<PairPoint> points, double chance)
    {
        var title = $"Latents of {first} and their best matches in {second}";
        var correlated = points.Where(point => point.Correlation is not null).Select(point => (point.Correlation!.Value, point.Cosine))
            .ToArray();
        var caption = "Cosine of each latent to its best match against how often it fires"
            + (correlated.Length > 0 ? ", then against the correlation of their activations" : "")
            + "; last, how often the two fire. Frequencies are log10 of the share of rows; what never fires has none.";
        var cosines = points.Where(point => point.First > 0).Select(point => (Log10(point.First), point.Cosine)).ToArray();
        var both = points.Where(point => point is { First: > 0, Second: > 0 })
            .Select(point => (Log10(point.First), Log10(point.Second))).ToArray();
        var frequency = LinearScale.Around(both.SelectMany(point => new[] { point.Item1, point.Item2 }));
        Panel[] panels =
        [
            CosinePanel(points, $"log10 frequency, {first}", LinearScale.Around(cosines.Select(point => point.Item1)), cosines, chance),
            .. correlated.Length == 0
                ? (Panel[])[]
                : [
                    CosinePanel(
                        points, "correlation of activations",
                        new LinearScale(Math.Min(0, correlated.Min(point => point.Value)) - 0.04, 1.04), correlated, chance),
                ],
            new(
                "", new Axis($"log10 frequency, {first}", frequency), new Axis($"log10 frequency, {second}", frequency),
                [new ScatterLayer(both, Palette.Of(0).Colour)]),
        ];
        return new ReportFigure(
            Id, title, caption,
            PanelGrid.Draw(Id, title, caption, panels, panels.Length, FigureSize.Page, FigureSize.HeightOf(panels.Length)), Table(points),
            Wide: true);
    }

    private static Panel CosinePanel(
        IReadOnlyList<PairPoint> points, string label, LinearScale scale, IReadOnlyList<(double X, double Y)> shown, double chance) => new(
        "", new Axis(label, scale),
        new Axis("cosine", new LinearScale(Math.Min(0, points.Select(point => point.Cosine).DefaultIfEmpty(0).Min()), 1)),
        [
            new ScatterLayer(shown, Palette.Of(0).Colour),
            new ReferenceLayer("isotropic chance", chance, ReferenceLayer.Isotropic),
        ]);

    private static double Log10(double? value) => Transcendental.Log(value!.Value) / Transcendental.Log(10);

    private static FigureTable Table(IReadOnlyList<PairPoint> points)
    {
        var table = new FigureTableBuilder(
            new("cosine", "cosine to the best match"), new("first_frequency", "share of rows on which the latent fires"),
            new("second_frequency", "share of rows on which its match fires"),
            new("correlation", "correlation of the activations of the two"));
        foreach (var point in points)
        {
            table.Add(point.Cosine, point.First, point.Second, point.Correlation);
        }

        return table.Build();
    }
}
