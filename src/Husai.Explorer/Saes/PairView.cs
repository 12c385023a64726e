using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Explorer.Tables;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>Two SAEs: which latents of the one are found in the other.</summary>
internal sealed class PairView(FolderTree tree, SaeCache saes, PairCache pairs, TimeSpan patience)
{
    private const string ShowKey = "show";
    private const string Matched = "matched";
    private const string Unmatched = "unmatched";

    private static readonly TableColumn[] Columns =
    [
        new("latent"), new("best match"), new("cosine", LargestFirst: true), new("correlation", LargestFirst: true),
        new("both ways", LargestFirst: true), new("firing frequency", LargestFirst: true),
        new("firing frequency of the match", LargestFirst: true),
    ];

    private static readonly (string Text, string Show)[] Choices =
        [("all", ""), ("matched both ways", Matched), ("unmatched", Unmatched)];

    /// <summary>Reads the two SAEs that an address names.</summary>
    /// <exception cref="NothingThereException">One of them is none.</exception>
    public PairModel Read(PageQuery query)
    {
        var names = (First: query.Text("first"), Second: query.Text("second"));
        var folders = (First: tree.FolderOf(names.First), Second: tree.FolderOf(names.Second));
        var (first, second) = (saes.Read(folders.First), saes.Read(folders.Second));
        var model = new PairModel
        {
            First = (ShownText.Name(names.First), PageLinks.Sae(names.First)),
            Second = (ShownText.Name(names.Second), PageLinks.Sae(names.Second)),
            Above = SaePlace.Above(tree, folders.First),
            Reverse = PageLinks.Pair(names.Second, names.First),
        };
        if (pairs.Find(folders.First, folders.Second, patience) is not { } compared)
        {
            return model;
        }

        var found = compared.Similarity;

        var show = query.Text(ShowKey);
        var chance = second.Isotropic;
        var matches = Enumerable.Range(0, found.First.Latents.Length).Select(row => MatchOf(compared, row)).ToArray();
        var shown = matches.Where(match => show.Length == 0 || match.IsMutual == (show == Matched))
            .OrderByDescending(match => match.Cosine);
        return model with
        {
            Facts =
            [
                new($"similarity ({found.Name})", ShownText.Number(found.Value)),
                new("its level for isotropic directions", ShownText.Number(chance)),
                new("live latents", $"{matches.Length} and {found.Second.Latents.Length}"),
                new("matched both ways", ShownText.Whole(matches.Count(match => match.IsMutual))),
                new("unmatched", $"{matches.Count(match => !match.IsMutual)} of the first"),
            ],
            Choices =
            [
                .. Choices.Select(choice => (choice.Text, choice.Show == show ? null : LinkOf(names, choice.Show))),
            ],
            Figure = ExplorerFigures.Pair(
                "the first", "the second",
                [
                    .. matches.Select(match => new PairPoint(
                        match.Cosine, first.Frequency(match.Latent), second.Frequency(match.Partner), match.Correlation)),
                ],
                chance),
            Latents = new TableModel(
                "Latents of the first and their best matches in the second", Columns,
                [.. shown.Select(match => Row(match, names, first, second))], query, PageLinks.PairPath,
                [("first", names.First), ("second", names.Second), (ShowKey, show)])
            {
                Note = "Best first; click on 'cosine' for the worst first. Both ways: each is the other's best match by signed cosine of "
                    + "the decoder rows. Dead latents are left out. " + NoteOn(compared),
            },
        };
    }

    private static string NoteOn(ComparedPair compared) => compared.Correlations is null
        ? "Correlations of activations are not known: the two have no activations in common here."
        : $"Correlation: of the activations of the two on {compared.Rows} rows of the study's activations, zeros counted.";

    private static LatentPair MatchOf(ComparedPair compared, int row)
    {
        var found = compared.Similarity;
        var partner = found.Match.PartnerOfRow[row];
        return new LatentPair(
            found.First.Latents[row], found.Second.Latents[partner], found.Match.RowSimilarity[row],
            compared.Correlations?[row], found.Match.PartnerOfColumn[partner] == row);
    }

    private static IReadOnlyList<TableCell> Row(LatentPair match, (string First, string Second) names, LoadedSae first, LoadedSae second) =>
    [
        new(ShownText.Whole(match.Latent), PageLinks.Latent(names.First, match.Latent), match.Latent),
        new(ShownText.Whole(match.Partner), PageLinks.Latent(names.Second, match.Partner), match.Partner),
        new(ShownText.Number(match.Cosine), Number: match.Cosine),
        new(ShownText.Number(match.Correlation), Number: match.Correlation),
        new(match.IsMutual ? "yes" : "no", Number: match.IsMutual ? 1 : 0),
        new(ShownText.Share(first.Frequency(match.Latent)), Number: first.Frequency(match.Latent)),
        new(ShownText.Share(second.Frequency(match.Partner)), Number: second.Frequency(match.Partner)),
    ];

    private static string LinkOf((string First, string Second) names, string show) =>
        PageLinks.To(PageLinks.PairPath, ("first", names.First), ("second", names.Second), (ShowKey, show));

    private readonly record struct LatentPair(int Latent, int Partner, double Cosine, double? Correlation, bool IsMutual);
}
