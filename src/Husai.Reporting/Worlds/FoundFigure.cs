using Husai.Analysis.Worlds;
using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Worlds;

/// <summary>Share of the features that were found, from the rarest to the most frequent.</summary>
internal static class FoundFigure
{
    private const string Id = "found-by-rate";

    public static ReportFigure Create(IReadOnlyList<(string Name, WorldEvaluation Evaluation)> saes)
    {
        const string Title = "Features found, by how often they fire";
        const string Caption = "Share of the features with a latent of absolute cosine at least 0.7, in groups of features of about equal "
            + "rate, at the geometric mean of the rates of a group. No random decoder of these shapes comes near such a cosine often: "
            + "the table has its share.";
        var rates = saes.SelectMany(sae => sae.Evaluation.ByRate.Select(Middle));
        var panel = new Panel(
            "", new Axis("rate of the features", LogScale.Around(rates)), new Axis("share found", new LinearScale(0, 1)),
            [.. saes.Select((sae, index) => new LineLayer(
                sae.Name, [.. sae.Evaluation.ByRate.Select(stratum => (Middle(stratum), stratum.FoundShare))], Palette.Of(index)))]);
        var table = new FigureTableBuilder(
            new("sae", "folder of the SAE"), new("features", "number of features in the group"),
            new("smallest_rate", "share of the samples on which the rarest of them fires"),
            new("largest_rate", "the same of the most frequent"), new("found_share", "share of them that are found, 0 to 1"),
            new("mean_cosine", "mean absolute cosine with the best latent"));
        foreach (var (name, evaluation) in saes)
        {
            foreach (var stratum in evaluation.ByRate)
            {
                table.Add(
                    name, stratum.Features, stratum.SmallestRate, stratum.LargestRate, stratum.FoundShare, stratum.MeanCosine);
            }
        }

        return new ReportFigure(
            Id, Title, Caption, PanelGrid.Draw(Id, Title, Caption, [panel], 1, FigureSize.Column, 220), table.Build());
    }

    private static double Middle(RateStratum stratum) => Math.Sqrt(stratum.SmallestRate * stratum.LargestRate);
}
