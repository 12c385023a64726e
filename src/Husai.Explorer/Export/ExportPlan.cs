using Husai.Experiments.Folders;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Explorer.Saes;

namespace Husai.Explorer.Export;

/// <summary>Which pages of a study are written, and the file of each.</summary>
internal sealed class ExportPlan
{
    public const string FirstPage = "index.html";

    // Together at most some 8,500 pages of 100 KB, whatever the study's size: an SAE has a page beside those of its latents.
    private const int MostLatentPages = 4000;
    private const int MostPairPages = 500;

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<(string Link, string File)> _pages = [];

    /// <param name="tree">The study alone.</param>
    /// <param name="saes">Its SAEs.</param>
    /// <param name="study">Its folder.</param>
    /// <param name="latents">Latents of each SAE that have a page, if there is room for so many.</param>
    /// <param name="most">Most SAEs, and most latents in all, that have a page.</param>
    public ExportPlan(FolderTree tree, SaeCache saes, string study, int latents, int most = MostLatentPages)
    {
        Add(PageLinks.Study(tree.NameOf(study)), FirstPage);
        var runs = ((string[])["transformers", "saes"]).SelectMany(part => RunSearch.Below(Path.Combine(study, part))).ToArray();
        var found = runs.Where(run => run.Kind != RunKind.TransformerTraining && FileStamp.OfWeights(run.Folder).Length >= 0).ToArray();
        Latents = Math.Min(latents, Math.Max(1, most / Math.Max(1, found.Length)));
        foreach (var (run, number) in runs.Where(run => run.Kind != RunKind.Sae).Select((run, index) => (run, index + 1)))
        {
            Add(PageLinks.Training(tree.NameOf(run.Folder)), FormattableString.Invariant($"training-{number}.html"));
        }

        var exported = found.Take(most).ToArray();
        SaesLeftOut = found.Length - exported.Length;
        foreach (var (run, number) in exported.Select((run, index) => (run, index + 1)))
        {
            var name = tree.NameOf(run.Folder);
            Add(PageLinks.Sae(name), FormattableString.Invariant($"sae-{number}.html"));
            foreach (var latent in MostFrequent(saes, run.Folder))
            {
                Add(PageLinks.Latent(name, latent), FormattableString.Invariant($"sae-{number}-latent-{latent}.html"));
            }
        }

        AddPairs(tree, [.. exported.Select(run => run.Folder)]);
    }

    /// <summary>Latents of each SAE that have a page.</summary>
    public int Latents { get; }

    /// <summary>Whether the folders of some SAEs do not say how often latents fire: then their first latents have the pages.</summary>
    public bool HasUnknownFrequencies { get; private set; }

    /// <summary>SAEs that have no page, and so no pages of latents and pairs.</summary>
    public int SaesLeftOut { get; }

    /// <summary>Pairs of the other SAEs that have none.</summary>
    public int PairsLeftOut { get; private set; }

    /// <summary>The pages: the address of each in the explorer, and its file.</summary>
    public IReadOnlyList<(string Link, string File)> Pages => _pages;

    /// <summary>The file of a page; null where it is not written.</summary>
    public string? FileOf(string link) => _files.GetValueOrDefault(link);

    // Those of one configuration first: they differ in the seed alone.
    private void AddPairs(FolderTree tree, string[] saes)
    {
        var around = Array.ConvertAll(saes, Path.GetDirectoryName);
        var pairs = Enumerable.Range(0, saes.Length).SelectMany(first => Enumerable.Range(0, saes.Length)
            .Where(second => second != first).Select(second => (First: first, Second: second)));
        foreach (var (first, second) in pairs.Where(pair => around[pair.First] == around[pair.Second])
            .Concat(pairs.Where(pair => around[pair.First] != around[pair.Second])).Take(MostPairPages))
        {
            Add(
                PageLinks.Pair(tree.NameOf(saes[first]), tree.NameOf(saes[second])),
                FormattableString.Invariant($"pair-{first + 1}-{second + 1}.html"));
        }

        PairsLeftOut = Math.Max(0, saes.Length * (saes.Length - 1) - MostPairPages);
    }

    // A damaged SAE has its page, which says so.
    private IReadOnlyList<int> MostFrequent(SaeCache saes, string folder)
    {
        if (Latents == 0)
        {
            return [];
        }

        try
        {
            var sae = saes.Read(folder);
            HasUnknownFrequencies |= sae.Dictionary.FiringFrequencies is null;
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
