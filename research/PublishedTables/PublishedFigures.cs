using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;
using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>The figures of the page; one that has nothing to show is left out.</summary>
internal static class PublishedFigures
{
    public const string Widths = "published-widths";
    public const string Epochs = "published-epochs";
    public const string Pinning = "published-pinning";

    public static IReadOnlyList<ReportFigure> Create(PublishedStudies studies) =>
        [.. ((ReportFigure?[])[WidthFigure(studies), EpochFigure(studies), PinningFigure(studies)]).OfType<ReportFigure>()];

    private static ReportFigure? WidthFigure(PublishedStudies studies)
    {
        var points = WidthSection.Comparisons(studies).Zip(
            PublishedNumbers.Widths, (pair, published) => ((double)published.Latents, pair.Pwmcc)).ToList();
        return Draw(
            Widths, "PWMCC over the number of latents", "The published score, and ours.",
            new Axis("latents", LogScale.Around(points.Select(point => point.Item1))), points);
    }

    private static ReportFigure? EpochFigure(PublishedStudies studies) => Draw(
        Epochs, "PWMCC along training", "The published score over epochs, and ours.",
        new Axis("epoch", new LinearScale(0, PublishedNumbers.Epochs[^1].Epoch)),
        [.. EpochsSection.Comparisons(studies).Zip(PublishedNumbers.Epochs, (point, published) => ((double)published.Epoch, point))]);

    private static ReportFigure? PinningFigure(PublishedStudies studies)
    {
        var lines = PinningSection.Lines(studies);
        return Draw(
            Pinning, "PWMCC over the pinned share", "The published score, ours, and f + (1 - f) r, which needs no training.",
            new Axis("pinned share of the decoder", new LinearScale(0, 1)), [.. lines.Select(line => (line.Fraction, line.Score))],
            (
                "f + (1 - f) r",
                [.. lines.Where(line => line.Arithmetic is not null).Select(line => (line.Fraction, line.Arithmetic!.Value))]));
    }

    private static ReportFigure? Draw(
        string id, string title, string caption, Axis x, IReadOnlyList<(double X, Comparison Value)> points,
        params IReadOnlyList<(string Name, (double X, double Y)[] Points)> further)
    {
        (double, double)[] ours =
            [.. points.Where(point => point.Value.Ours is not null).Select(point => (point.X, point.Value.Ours!.Value))];
        return ours.Length < 2 ? null : SeriesFigure.Draw(
            id, title, caption, x, "PWMCC",
            [("published", [.. points.Select(point => (point.X, point.Value.Published))]), ("ours", ours), .. further]);
    }
}
