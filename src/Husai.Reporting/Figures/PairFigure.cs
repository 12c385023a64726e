using Husai.Numerics.Functions;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Latents of one SAE against their best matches in another.</summary>
internal static class PairFigure
{
    private const string Id = "pair";

    public static ReportFigure Create(
        string first, string second, IReadOnlyList<(double Cosine, double? First, double? Second)> points, double chance)
    {
        var title = $"Latents of {first} and their best matches in {second}";
        const string Caption =
            "Left: cosine of each latent to its best match against how often it fires. Right: how often the two fire. Frequencies are "
                + "log10 of the share of rows; what never fires has none.";
        var cosines = points.Where(point => point.First > 0).Select(point => (Log10(point.First), point.Cosine)).ToArray();
        var both = points.Where(point => point is { First: > 0, Second: > 0 })
            .Select(point => (Log10(point.First), Log10(point.Second))).ToArray();
        var frequency = LinearScale.Around(both.SelectMany(point => new[] { point.Item1, point.Item2 }));
        Panel[] panels =
        [
            new(
                "", new Axis($"log10 frequency, {first}", LinearScale.Around(cosines.Select(point => point.Item1))),
                new Axis("cosine", new LinearScale(Math.Min(0, points.Select(point => point.Cosine).DefaultIfEmpty(0).Min()), 1)),
                [
                    new ScatterLayer(cosines, Palette.Of(0).Colour),
                    new ReferenceLayer("isotropic chance", chance, ReferenceLayer.Isotropic),
                ]),
            new(
                "", new Axis($"log10 frequency, {first}", frequency), new Axis($"log10 frequency, {second}", frequency),
                [new ScatterLayer(both, Palette.Of(0).Colour)]),
        ];
        return new ReportFigure(
            Id, title, Caption, PanelGrid.Draw(Id, title, Caption, panels, 2, FigureSize.Page, FigureSize.HeightOf(2)),
            Table(points), Wide: true);
    }

    private static double Log10(double? value) => Transcendental.Log(value!.Value) / Transcendental.Log(10);

    private static FigureTable Table(IReadOnlyList<(double Cosine, double? First, double? Second)> points)
    {
        var table = new FigureTableBuilder(
            new("cosine", "cosine to the best match"), new("first_frequency", "share of rows on which the latent fires"),
            new("second_frequency", "share of rows on which its match fires"));
        foreach (var (cosine, first, second) in points)
        {
            table.Add(cosine, first, second);
        }

        return table.Build();
    }
}
