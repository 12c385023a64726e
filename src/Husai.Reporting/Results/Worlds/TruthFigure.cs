using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results.Worlds;

/// <summary>Agreement between seeds against what they find of the world.</summary>
internal static class TruthFigure
{
    public const string Id = "world-agreement-and-truth";

    public static ReportFigure? Create(IReadOnlyList<WorldRow> all)
    {
        List<WorldRow> rows = [.. all.Where(row => row.Truth.Kappa is not null)];
        if (rows.Count < 2)
        {
            return null;
        }

        const string Title = "Agreement between seeds against truth";
        const string Caption = "One point for each configuration: kappa between seeds, and MCC corrected for chance; each is 0 for "
            + "independent dictionaries of the same shape.";
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("architecture", "architecture"), new("latents", "number of latents"),
            new("sparsity", "what sets the sparsity"), new("kappa", "chance-corrected agreement between seeds"),
            new("mcc", "mean cosine of latents and features, one to one"), new("mcc_kappa", "the same, corrected for chance"));
        rows.ForEach(row => table.Add(
            row.Name, row.Saes.Architecture, row.Saes.Latents, row.Saes.Sparsity, row.Truth.Kappa, row.Without(seed => seed.Mcc, -1),
            Corrected(row)));
        var panel = new Panel(
            "", new Axis("agreement between seeds (kappa)", LinearScale.Around(rows.Select(row => row.Truth.Kappa!.Value))),
            new Axis("MCC corrected for chance", LinearScale.Around(rows.Select(Corrected))),
            [
                .. rows.GroupBy(row => $"{row.Saes.Architecture}, {row.Saes.Latents} latents").Select((group, index) => new LineLayer(
                    group.Key, [.. group.OrderBy(row => row.Truth.Kappa).Select(row => (row.Truth.Kappa!.Value, Corrected(row)))],
                    Palette.Of(index))),
            ]);
        return new ReportFigure(
            Id, Title, Caption, PanelGrid.Draw(Id, Title, Caption, [panel], 1, FigureSize.Column, 220), table.Build());
    }

    private static double Corrected(WorldRow row) => row.Truth.Chance.Mcc.Kappa(row.Without(seed => seed.Mcc, -1));
}
