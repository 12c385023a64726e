using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results;

/// <summary>The figures of the results; one that has nothing to show is left out.</summary>
internal static class ResultsFigures
{
    public const string Recovery = "agreement-and-recovery";
    private const double PlotHeight = 170;

    public static IReadOnlyList<ReportFigure> Create(ResultsInput data) =>
        RecoveryFigure(data) is { } figure ? [figure] : [];

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
}
