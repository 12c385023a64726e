using Husai.Experiments.Folders;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Explorer.Saes;

namespace Husai.Explorer.Export;

/// <summary>Which pages of a study are written, and the file of each.</summary>
internal sealed class ExportPlan
{
    public const string FirstPage = "index.html";

    // Together at most some 4,500 pages of 100 KB, whatever the study's size.
    private const int MostLatentPages = 4000;
    private const int MostPairPages = 500;

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<(string Link, string File)> _pages = [];

    public ExportPlan(FolderTree tree, SaeCache saes, string study, int latents)
    {
        Add(PageLinks.Study(tree.NameOf(study)), FirstPage);
        var runs = ((string[])["transformers", "saes"]).SelectMany(part => RunSearch.Below(Path.Combine(study, part))).ToArray();
        var found = runs.Where(run => run.Kind != RunKind.TransformerTraining && FileStamp.OfWeights(run.Folder).Length >= 0).ToArray();
        Latents = Math.Min(latents, Math.Max(1, MostLatentPages / Math.Max(1, found.Length)));
        foreach (var (run, number) in runs.Where(run => run.Kind != RunKind.Sae).Select((run, index) => (run, index + 1)))
        {
            Add(PageLinks.Training(tree.NameOf(run.Folder)), FormattableString.Invariant($"training-{number}.html"));
        }

        foreach (var (run, number) in found.Take(MostLatentPages).Select((run, index) => (run, index + 1)))
        {
            var name = tree.NameOf(run.Folder);
            Add(PageLinks.Sae(name), FormattableString.Invariant($"sae-{number}.html"));
            foreach (var latent in MostFrequent(saes, run.Folder))
            {
                Add(PageLinks.Latent(name, latent), FormattableString.Invariant($"sae-{number}-latent-{latent}.html"));
            }
        }

        AddPairs(tree, [.. found.Select(run => run.Folder)]);
    }

    /// <summary>Latents of each SAE that have a page.</summary>
    public int Latents { get; }

    /// <summary>Pairs of SAEs that have none.</summary>
    public int PairsLeftOut { get; private set; }

    /// <summary>The pages: the address of each in the explorer, and its file.</summary>
    public IReadOnlyList<(string Link, string File)> Pages => _pages;

    /// <summary>The file of a page; null where it is not written.</summary>
    public string? FileOf(string link) => _files.GetValueOrDefault(link);

    // Those of one configuration first: they differ in the seed alone.
    private void AddPairs(FolderTree tree, string[] saes)
    {
        var pairs = saes.Index()
            .SelectMany(first => saes.Index().Where(second => second.Index != first.Index).Select(second => (First: first, Second: second)))
            .OrderBy(pair => Path.GetDirectoryName(pair.First.Item) == Path.GetDirectoryName(pair.Second.Item) ? 0 : 1)
            .ThenBy(pair => pair.First.Index).ThenBy(pair => pair.Second.Index);
        foreach (var (first, second) in pairs.Take(MostPairPages))
        {
            Add(
                PageLinks.Pair(tree.NameOf(first.Item), tree.NameOf(second.Item)),
                FormattableString.Invariant($"pair-{first.Index + 1}-{second.Index + 1}.html"));
        }

        PairsLeftOut = Math.Max(0, saes.Length * (saes.Length - 1) - MostPairPages);
    }

    // A damaged SAE has its page, which says so.
    private IReadOnlyList<int> MostFrequent(SaeCache saes, string folder)
    {
        try
        {
            var sae = saes.Read(folder);
            return [.. Enumerable.Range(0, sae.Latents).OrderByDescending(sae.Frequency).ThenBy(latent => latent).Take(Latents).Order()];
        }
        catch (Exception error) when (error is IOException or NothingThereException or ArgumentException)
        {
            return [];
        }
    }

    private void Add(string link, string file)
    {
        if (_files.TryAdd(link, file))
        {
            _pages.Add((link, file));
        }
    }
}
