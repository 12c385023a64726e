using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results.Networks;

/// <summary>Agreement between seeds on networks and on their randomised copies.</summary>
internal static class NetworkAgreementFigure
{
    public const string Id = "network-agreement";

    public static ReportFigure? Create(IReadOnlyList<NetworkRow> all)
    {
        List<NetworkRow> rows = [.. all.Where(row => row.Trained.Stability is not null)];
        return rows.Count == 0 ? null : ScoreFigure.Create(
            Id, "Agreement between seeds, on a network and on a randomised copy",
            $"Left: similarity between seeds ({rows[0].Trained.Stability!.Name}) on the network, and that of independent dictionaries "
                + "of the same shape. Right: kappa on the network and on the copy whose weights are permuted; agreement comes from what "
                + "the network learnt only as far as the first lies above the second.",
            "similarity between seeds", [new("same shape", "same_shape", ReferenceLayer.SameShape)],
            [
                new("kappa, network", "kappa", Palette.Of(0)),
                new("kappa, randomised copy", "kappa_randomised", new SeriesStyle(Palette.Of(1).Colour, "", Marker.Diamond)),
            ],
            [.. rows.Select(row => new ScoreRow(
                row.Trained.Name, row.Trained.Stability!.Value, [row.Trained.Stability.Levels.SameShape.Value],
                [row.Trained.Kappa, row.Randomised?.Kappa]))]);
    }
}
