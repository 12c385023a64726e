using System.Globalization;
using Husai.Experiments.Folders;
using Husai.Experiments.Studies.Results;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Explorer.Tables;
using Husai.Formats.Files;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>An SAE: its latents, by number and by how often they fire.</summary>
internal sealed class SaeView(FolderTree tree, SaeCache saes, ContextCache contexts, ContextSearch texts)
{
    private const string TextKey = "text";
    private const string LeastKey = "least";
    private const string MostKey = "most";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
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
        var (search, found) = SearchFor(query, folder, sae);
        (string Key, string Value)[] kept =
            [("sae", name), (TextKey, search.Text), (LeastKey, search.Least), (MostKey, search.Most)];
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
            Search = search,
            Latents = new TableModel("Latents", Columns, Rows(sae, name, found), query, PageLinks.SaePath, kept)
            {
                Nothing = search.IsAtWork ? "" : "No latent is what is looked for.",
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

    private (LatentSearch Search, IReadOnlySet<int>? Found) SearchFor(PageQuery query, string folder, LoadedSae sae)
    {
        var (text, least, most) = (query.Text(TextKey), query.Text(LeastKey), query.Text(MostKey));
        IReadOnlySet<int>? found = null;
        var (isAtWork, note) = (false, "");
        if (text.Length > 0)
        {
            try
            {
                found = texts.Find(folder, text, Patience);
                (isAtWork, note) = found is null
                    ? (true, "The contexts are being read. The page fills by itself.")
                    : (false, $"Searched: the {ContextSearch.SearchedExcerpts} contexts with the largest activations of each latent.");
            }
            catch (InvalidFileException error)
            {
                note = ShownText.Name(error.Message);
            }
        }

        var (from, to) = (FrequencyOf(least) ?? double.NegativeInfinity, FrequencyOf(most) ?? double.PositiveInfinity);
        if (double.IsFinite(from) || double.IsFinite(to))
        {
            var between = Enumerable.Range(0, sae.Latents).Where(latent => sae.Frequency(latent) >= from && sae.Frequency(latent) <= to);
            found = between.Where(latent => found?.Contains(latent) != false).ToHashSet();
        }

        return (new LatentSearch(text, least, most, HasTexts(folder), note, isAtWork), found);
    }

    private bool HasTexts(string folder)
    {
        try
        {
            return contexts.Open(folder)?.Index.Tokenizer is not null;
        }
        catch (InvalidFileException)
        {
            // The pages of latents say so.
            return false;
        }
    }

    private static double? FrequencyOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var frequency) && double.IsFinite(frequency)
            ? frequency
            : null;

    private static IReadOnlyList<IReadOnlyList<TableCell>> Rows(LoadedSae sae, string name, IReadOnlySet<int>? found) =>
    [
        .. Enumerable.Range(0, sae.Latents).Where(latent => found?.Contains(latent) != false).Select(latent => (IReadOnlyList<TableCell>)
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
