using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;
using Husai.Reporting.Results.Published;

namespace Husai.Reporting.Results;

/// <summary>The figures of the results; one that has nothing to show is left out.</summary>
internal static class ResultsFigures
{
    public const string Widths = "published-widths";
    public const string Epochs = "published-epochs";
    public const string Pinning = "published-pinning";
    public const string Recovery = "agreement-and-recovery";
    private const double PlotHeight = 170;

    public static IReadOnlyList<ReportFigure> Create(ResultsInput data) =>
        [.. ((ReportFigure?[])[WidthFigure(data), EpochFigure(data), PinningFigure(data), RecoveryFigure(data)]).OfType<ReportFigure>()];

    private static ReportFigure? WidthFigure(ResultsInput data)
    {
        var lines = WidthSection.Lines(data);
        return lines.All(line => line.Ratio is null) ? null : Draw(
            Widths, "Ratio to chance over the number of latents",
            "PWMCC over that of isotropic decoders: published, and ours as published.",
            new Axis("latents", LogScale.Around(lines.Select(line => (double)line.Latents))), "ratio to chance",
            [
                ("published", [.. lines.Select(line => ((double)line.Latents, line.PublishedRatio))]),
                (
                    "ours, as published",
                    [.. lines.Where(line => line.Ratio is not null).Select(line => ((double)line.Latents, line.Ratio!.Value))]),
            ]);
    }

    private static ReportFigure? EpochFigure(ResultsInput data)
    {
        var ours = data.Original(PublishedNames.Epochs);
        if (ours is not { Formation.Count: > 1 })
        {
            return null;
        }

        var stepsPerEpoch = ours.Steps / (double)PublishedNumbers.Epochs[^1].Epoch;
        return Draw(
            Epochs, "PWMCC along training", "The published score over epochs, and ours as published.",
            new Axis("epoch", new LinearScale(0, PublishedNumbers.Epochs[^1].Epoch)), "PWMCC",
            [
                ("published", [.. PublishedNumbers.Epochs.Select(point => ((double)point.Epoch, point.Pwmcc))]),
                ("ours, as published", [.. ours.Formation.Select(point => (point.Step / stepsPerEpoch, point.ToOtherSeeds!.Mean))]),
            ]);
    }

    private static ReportFigure? PinningFigure(ResultsInput data)
    {
        var lines = PinningSection.Lines(data).Where(line => line is { Pwmcc: not null, Arithmetic: not null }).ToList();
        return lines.Count < 2 ? null : Draw(
            Pinning, "PWMCC over the pinned share", "The published score, ours, and f + (1 - f) r, which needs no training.",
            new Axis("pinned share of the decoder", new LinearScale(0, 1)), "PWMCC",
            [
                ("published", [.. lines.Select(line => (line.Fraction, line.Published))]),
                ("ours, as published", [.. lines.Select(line => (line.Fraction, line.Pwmcc!.Value))]),
                ("f + (1 - f) r", [.. lines.Select(line => (line.Fraction, line.Arithmetic!.Value))]),
            ]);
    }

    private static ReportFigure? RecoveryFigure(ResultsInput data)
    {
        var rows = data.Evidence.Where(row => row.Kappa is not null && row.Circuit is not null).ToList();
        if (rows.Count < 2)
        {
            return null;
        }

        const string Title = "Agreement against recovery";
        const string Caption = "One point for each configuration: agreement between seeds and choice of the circuit's planes, both as "
            + "kappa: 0 for independent dictionaries of the same shape, and for other planes of the same span.";
        var table = new FigureTableBuilder(
            new("configuration", "configuration, site and study"), new("architecture", "training method"),
            new("stability_kappa", "chance-corrected agreement between seeds"),
            new("overlap_kappa", "chance-corrected choice of the circuit's planes"));
        rows.ForEach(row => table.Add(row.Name, row.Architecture, row.Kappa!.Value, row.Circuit!.Kappa.Value));
        var panel = new Panel(
            "", new Axis("recovery of the circuit (kappa)", LinearScale.Around(rows.Select(row => row.Circuit!.Kappa.Value))),
            new Axis("agreement between seeds (kappa)", LinearScale.Around(rows.Select(row => row.Kappa!.Value))),
            [
                new ReferenceLayer("", 0, ReferenceLayer.SameShape),
                new ReferenceLayer("chance", 0, ReferenceLayer.SameShape, vertical: true),
                new ScatterLayer([.. rows.Select(row => (row.Circuit!.Kappa.Value, row.Kappa!.Value))], Palette.Of(0).Colour),
            ]);
        return new ReportFigure(
            Recovery, Title, Caption, PanelGrid.Draw(Recovery, Title, Caption, [panel], 1, FigureSize.Column, PlotHeight), table.Build());
    }

    private static ReportFigure Draw(
        string id, string title, string caption, Axis x, string y, IReadOnlyList<(string Name, (double X, double Y)[] Points)> series)
    {
        var table = new FigureTableBuilder(new("series", "what is shown"), new("x", x.Label), new("y", y));
        foreach (var (name, points) in series)
        {
            foreach (var point in points)
            {
                table.Add(name, point.X, point.Y);
            }
        }

        var panel = new Panel(
            "", x, new Axis(y, LinearScale.Around(series.SelectMany(line => line.Points.Select(point => point.Y)))),
            [.. series.Select((line, index) => new LineLayer(line.Name, line.Points, Palette.Of(index)))]);
        return new ReportFigure(
            id, title, caption, PanelGrid.Draw(id, title, caption, [panel], 1, FigureSize.Column, PlotHeight), table.Build());
    }
}
