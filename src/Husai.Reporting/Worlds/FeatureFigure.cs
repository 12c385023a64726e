using Husai.Analysis.Worlds;
using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Worlds;

/// <summary>Each feature: how near the best latent comes to it, against how often it fires.</summary>
internal static class FeatureFigure
{
    private const string Id = "features-by-rate";

    /// <summary>Draws a panel for each SAE.</summary>
    /// <param name="saes">The SAEs.</param>
    /// <param name="chance">Of each: the mean cosine by chance.</param>
    public static ReportFigure Create(
        IReadOnlyList<(string Name, WorldEvaluation Evaluation)> saes, IReadOnlyList<double> chance)
    {
        const string Title = "Features and their best latents, by how often they fire";
        const string Caption = "Each feature: the largest absolute cosine of a latent with it against the share of the samples on which "
            + "it fires; features that fire on none are left out. Where they are too many to tell apart, darker squares hold more of them. "
            + "Line: the mean of random decoders of the same shape.";
        Panel[] panels = [.. saes.Select((sae, index) => CreatePanel(sae.Name, sae.Evaluation, chance[index]))];
        var columns = FigureSize.Columns(panels.Length);
        var table = new FigureTableBuilder(
            new("sae", "folder of the SAE"), new("feature", "index of the feature"),
            new("rate", "share of the samples on which it fires"), new("best_latent", "index of the latent of largest absolute cosine"),
            new("cosine", "that cosine"));
        foreach (var (name, evaluation) in saes)
        {
            for (var feature = 0; feature < evaluation.Rates.Count; feature++)
            {
                table.Add(
                    name, feature, evaluation.Rates[feature], evaluation.Recovery.BestLatents[feature],
                    evaluation.Recovery.FeatureCosines[feature]);
            }
        }

        return new ReportFigure(
            Id, Title, Caption,
            PanelGrid.Draw(Id, Title, Caption, panels, columns, FigureSize.WidthOf(columns), FigureSize.HeightOf(columns)),
            table.Build(), Wide: columns > 1);
    }

    private static Panel CreatePanel(string name, WorldEvaluation evaluation, double chance) => new(
        name, new Axis("rate", LogScale.Around(evaluation.Rates)), new Axis("best absolute cosine", new LinearScale(0, 1)),
        [
            new ScatterLayer(
                [.. evaluation.Rates.Zip(evaluation.Recovery.FeatureCosines, (rate, cosine) => (rate, (double)cosine))],
                Palette.Of(0).Colour),
            new ReferenceLayer("random decoders", chance, ReferenceLayer.Isotropic),
        ]);
}
