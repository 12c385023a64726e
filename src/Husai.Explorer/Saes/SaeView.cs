using Husai.Experiments.Folders;
using Husai.Experiments.Studies.Results;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Explorer.Tables;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>An SAE: its latents, by number and by how often they fire.</summary>
internal sealed class SaeView(FolderTree tree, SaeCache saes)
{
    private const int Decades = 6;

    private static readonly TableColumn[] Columns =
        [new("latent"), new("firing frequency", LargestFirst: true), new("decoder norm", LargestFirst: true), new("state")];

    /// <summary>Reads the SAE that an address names.</summary>
    /// <exception cref="NothingThereException">There is none.</exception>
    public SaeModel Read(PageQuery query)
    {
        var name = query.Text("sae");
        var folder = tree.FolderOf(name);
        var sae = saes.Read(folder);
        return new SaeModel
        {
            Id = name,
            Name = ShownText.Name(name),
            Above = SaePlace.Above(tree, folder),
            Facts =
            [
                new("latents", ShownText.Whole(sae.Latents)), new("live", ShownText.Whole(sae.Live)),
                new("width", ShownText.Whole(sae.Dictionary.Width)),
            ],
            Metadata = [.. sae.Facts.Select(fact => new NamedValue(ShownText.Name(fact.Name), ShownText.Name(fact.Value)))],
            Firing = FiringOf(sae),
            Latents = new TableModel("Latents", Columns, Rows(sae, name), query, PageLinks.SaePath, [("sae", name)])
            {
                Note = "Firing frequency: share of the rows on which the latent fires.",
            },
            Pairs =
            [
                .. SaeCache.Beside(folder, tree).Select(other =>
                    (ShownText.Name(Path.GetFileName(other)), PageLinks.Pair(name, tree.NameOf(other)))),
            ],
            CurvesLink = RunSearch.KindOf(folder) == RunKind.SaeTraining ? PageLinks.Training(name) : null,
        };
    }

    private static IReadOnlyList<IReadOnlyList<TableCell>> Rows(LoadedSae sae, string name) =>
    [
        .. Enumerable.Range(0, sae.Latents).Select(latent => (IReadOnlyList<TableCell>)
        [
            new(ShownText.Whole(latent), PageLinks.Latent(name, latent), latent),
            new(ShownText.Share(sae.Frequency(latent)), Number: sae.Frequency(latent)),
            new(ShownText.Number(sae.Norms[latent]), Number: sae.Norms[latent]),
            new(sae.IsLive(latent) ? "live" : "dead"),
        ]),
    ];

    private static ReportFigure? FiringOf(LoadedSae sae)
    {
        if (sae.Histogram() is not { } histogram)
        {
            return null;
        }

        var bins = histogram.Counts.Length;
        return ExplorerFigures.Firing(new FiringSummary(
            [.. Enumerable.Range(0, bins + 1).Select(edge => -Decades + Decades * edge / (double)bins)], histogram.Counts, histogram.Never,
            LoadedSae.DeadThreshold));
    }
}
