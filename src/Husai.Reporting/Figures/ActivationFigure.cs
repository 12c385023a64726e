using Husai.Analysis.Latents;
using Husai.Numerics.Functions;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>How strongly a latent fires, where it fires.</summary>
internal static class ActivationFigure
{
    private const string Id = "activations";

    public static ReportFigure Create(ActivationHistogram histogram, long rows)
    {
        var firings = histogram.Counts.Sum();
        var title = "Activations";
        var caption = FormattableString.Invariant(
            $"Strength of the activation (log10) on the {firings} of {rows} rows on which the latent fires; four bins for each doubling.");
        var bars = histogram.Counts.Select((count, bin) => (Low: LowOf(histogram, bin), High: HighOf(histogram, bin), Value: (double)count))
            .ToArray();
        var panel = new Panel(
            "", new Axis("log10 of the activation", new LinearScale(bars[0].Low, bars[^1].High)),
            new Axis("rows", new LinearScale(0, 1.05 * bars.Max(bar => bar.Value))),
            [new BarLayer("", bars, Palette.Bar)]);
        return new ReportFigure(
            Id, title, caption, PanelGrid.Draw(Id, title, caption, [panel], 1, FigureSize.Column, FigureSize.HeightOf(1)),
            Table(histogram));
    }

    // The outermost bins take all that lies beyond them; they are drawn as wide as the others.
    private static double LowOf(ActivationHistogram histogram, int bin) => histogram.Edges[bin] > 0
        ? Log10(histogram.Edges[bin])
        : Log10(histogram.Edges[bin + 1]) - Log10(2) / 4;

    private static double HighOf(ActivationHistogram histogram, int bin) => histogram.Edges[bin + 1] < float.MaxValue
        ? Log10(histogram.Edges[bin + 1])
        : Log10(histogram.Edges[bin]) + Log10(2) / 4;

    private static double Log10(double value) => Transcendental.Log(value) / Transcendental.Log(10);

    private static FigureTable Table(ActivationHistogram histogram)
    {
        var table = new FigureTableBuilder(
            new("low", "lower edge of the bin"), new("high", "upper edge of the bin, without it"), new("rows", "number of rows"));
        for (var bin = 0; bin < histogram.Counts.Count; bin++)
        {
            table.Add(histogram.Edges[bin], histogram.Edges[bin + 1], histogram.Counts[bin]);
        }

        return table.Build();
    }
}
