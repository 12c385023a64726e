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
internal sealed class SaeView(FolderTree tree, SaeCache saes, ContextCache contexts, ContextSearch texts, TimeSpan patience)
{
    private const string TextKey = "text";
    private const string LeastKey = "least";
    private const string MostKey = "most";
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
        var (isAtWork, notes) = (false, new List<string>());
        if (text.Length > 0)
        {
            try
            {
                found = texts.Find(folder, text, patience);
                isAtWork = found is null;
                notes.Add(isAtWork
                    ? "The contexts are being read. The page fills by itself."
                    : $"Searched: the {ContextSearch.SearchedExcerpts} contexts with the largest activations of each latent.");
                found ??= new HashSet<int>();
            }
            catch (InvalidFileException error)
            {
                notes.Add(ShownText.Name(error.Message));
            }
        }

        var (from, to) = (FrequencyOf(least, notes) ?? double.NegativeInfinity, FrequencyOf(most, notes) ?? double.PositiveInfinity);
        var isBounded = double.IsFinite(from) || double.IsFinite(to);
        if (isBounded && sae.Dictionary.FiringFrequencies is null)
        {
            notes.Add("The folder of the SAE does not say how often its latents fire: they cannot be searched by it.");
        }
        else if (isBounded)
        {
            var between = Enumerable.Range(0, sae.Latents).Where(latent => sae.Frequency(latent) >= from && sae.Frequency(latent) <= to);
            found = between.Where(latent => found?.Contains(latent) != false).ToHashSet();
        }

        return (new LatentSearch(text, least, most, HasTexts(folder), string.Join(' ', notes), isAtWork), found);
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

    private static double? FrequencyOf(string text, List<string> notes)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var frequency) && double.IsFinite(frequency))
        {
            return frequency;
        }

        if (text.Length > 0)
        {
            notes.Add($"'{ShownText.Name(text)}' is no number: write .01 for 1% of the rows.");
        }

        return null;
    }

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
