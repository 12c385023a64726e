using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Norm of the embedding at each frequency, the key frequencies marked.</summary>
internal static class SpectrumFigure
{
    public static ReportFigure Create(TransformerSummary transformer, string id)
    {
        var bars = transformer.EmbeddingSpectrum.Select((norm, index) => (Frequency: index + 1, Norm: norm)).ToArray();
        var keys = transformer.KeyFrequencies.ToHashSet();
        var title = $"Fourier spectrum of the embedding of {transformer.Name}";
        var caption = keys.Count > 0
            ? $"Norm of the embedding at each frequency. The circuit uses the frequencies {string.Join(", ", keys.Order())}."
            : "Norm of the embedding at each frequency. No key frequency stands out.";
        var highest = bars.Max(bar => bar.Norm);
        var panel = new Panel(
            "", new Axis("frequency k", new LinearScale(0, bars.Length + 1)), new Axis("norm", new LinearScale(0, highest * 1.15)), [
            new BarLayer("other frequencies", Bars(bar => !keys.Contains(bar)), Palette.Bar),
            new BarLayer("key frequencies", Bars(keys.Contains), Palette.Of(0).Colour),
            new LabelLayer([.. bars.Where(bar => keys.Contains(bar.Frequency))
                .Select(bar => ((double)bar.Frequency, bar.Norm, FigureNumbers.Short(bar.Frequency)))]),
        ]);
        return new ReportFigure(
            id, title, caption, PanelGrid.Draw(id, title, caption, [panel], 1, FigureSize.Column, 150), Table(bars, keys));

        IReadOnlyList<(double Low, double High, double Value)> Bars(Func<int, bool> taken) =>
            [.. bars.Where(bar => taken(bar.Frequency)).Select(bar => (bar.Frequency - 0.42, bar.Frequency + 0.42, bar.Norm))];
    }

    private static FigureTable Table((int Frequency, double Norm)[] bars, HashSet<int> keys)
    {
        var table = new FigureTableBuilder(
            new("frequency", "frequency k"), new("norm", "norm of the embedding at k"), new("key", "1 for a key frequency, else 0"));
        foreach (var (frequency, norm) in bars)
        {
            table.Add(frequency, norm, keys.Contains(frequency) ? 1 : 0);
        }

        return table.Build();
    }
}
