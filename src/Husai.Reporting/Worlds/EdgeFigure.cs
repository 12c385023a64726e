using Husai.Analysis.Worlds;
using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Worlds;

/// <summary>Each parent and child: how often the parent's latent is silent with the child, against without it.</summary>
internal static class EdgeFigure
{
    private const string Id = "absorption";

    public static ReportFigure Create(IReadOnlyList<(string Name, WorldEvaluation Evaluation)> saes)
    {
        const string Title = "Absorption of parents by their children";
        const string Caption = "Each parent and child that both have a latent of absolute cosine at least 0.7: how often the parent's "
            + "latent is silent where the child fires, against how often it is where the parent fires without this child. Points above "
            + "the diagonal are absorbed: the child's latent stands in for the parent's.";
        Panel[] panels = [.. saes.Select(sae => CreatePanel(sae.Name, [.. sae.Evaluation.Edges.Where(edge => edge.IsFound)]))];
        var columns = FigureSize.Columns(panels.Length);
        return new ReportFigure(
            Id, Title, Caption,
            PanelGrid.Draw(Id, Title, Caption, panels, columns, FigureSize.WidthOf(columns), FigureSize.HeightOf(columns)),
            Table(saes), Wide: columns > 1);
    }

    private static Panel CreatePanel(string name, TreeEdge[] edges) => new(
        $"{name} ({edges.Length})", new Axis("silent without the child", new LinearScale(0, 1)),
        new Axis("silent with the child", new LinearScale(0, 1)),
        [
            new ScatterLayer(
                [.. edges.Where(edge => edge is { MissedWithChild: not null, MissedWithoutChild: not null })
                    .Select(edge => (edge.MissedWithoutChild!.Value, edge.MissedWithChild!.Value))],
                Palette.Of(0).Colour),
            new LineLayer("", [(0, 0), (1, 1)], ReferenceLayer.Isotropic, marked: false, 1),
        ]);

    private static FigureTable Table(IReadOnlyList<(string Name, WorldEvaluation Evaluation)> saes)
    {
        var table = new FigureTableBuilder(
            new("sae", "folder of the SAE"), new("parent", "index of the parent"), new("child", "index of the child"),
            new("child_samples", "samples on which the child fires"),
            new("parent_cosine", "absolute cosine of the parent with its best latent"),
            new("child_cosine", "absolute cosine of the child with its best latent"),
            new("absorption", "of these samples: share on which the child's latent fires and the parent's is silent"),
            new("missed_with_child", "of these samples: share on which the parent's latent is silent"),
            new("missed_without_child", "the same of the samples on which the parent fires and this child does not"),
            new("hedging", "part of the child in the parent's latent"),
            new("hedging_elsewhere", "the same with a child of another parent"));
        foreach (var (name, evaluation) in saes)
        {
            foreach (var edge in evaluation.Edges)
            {
                table.Add(
                    name, edge.Parent, edge.Child, edge.ChildSamples, edge.ParentCosine, edge.ChildCosine, edge.Absorption,
                    edge.MissedWithChild, edge.MissedWithoutChild, edge.Hedging, edge.HedgingElsewhere);
            }
        }

        return table.Build();
    }
}
