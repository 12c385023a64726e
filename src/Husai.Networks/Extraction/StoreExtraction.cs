using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Networks.Sites;

namespace Husai.Networks.Extraction;

/// <summary>Fills a store for each site of an extraction, or continues those that an earlier process began.</summary>
internal sealed class StoreExtraction
{
    private readonly ActivationExtraction _extraction;
    private readonly StoreDescription[] _descriptions;
    private ActivationStoreWriter[] _writers = [];

    /// <summary>Prepares writing.</summary>
    /// <param name="extraction">What is extracted.</param>
    /// <param name="folderOf">The store of a site; the folders' locks are the caller's.</param>
    /// <exception cref="InvalidFileException">A folder holds something else.</exception>
    public StoreExtraction(ActivationExtraction extraction, Func<NetworkSite, string> folderOf)
    {
        ArgumentNullException.ThrowIfNull(extraction);
        ArgumentNullException.ThrowIfNull(folderOf);
        _extraction = extraction;
        Folders = [.. extraction.Sites.Select(folderOf)];
        _descriptions = [.. extraction.Sites.Select(extraction.Description)];
        foreach (var (folder, description) in Folders.Zip(_descriptions))
        {
            ActivationStoreWriter.RequireFree(folder, description);
        }
    }

    /// <summary>The stores, in the order of the sites.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Whether all stores were finished before they were opened.</summary>
    public bool IsFinished => _writers.All(writer => writer.IsFinished);

    /// <summary>Rows that all stores held when they were opened.</summary>
    public long RowsThere { get; private set; }

    /// <summary>Begins the stores, or takes up what is there.</summary>
    /// <param name="progress">Told the number of rows of the shards that were there and are checked.</param>
    /// <exception cref="InvalidFileException">A folder holds something else, or a damaged shard.</exception>
    public void Open(Action<long>? progress = null)
    {
        var vocabulary = _extraction.Tokenizer?.Vocabulary ?? [];
        _writers =
        [
            .. Folders.Zip(_descriptions, (folder, description) =>
                ActivationStoreWriter.Open(folder, description, vocabulary, progress)),
        ];
        RowsThere = _writers.Where(writer => !writer.IsFinished).Select(writer => writer.Rows).DefaultIfEmpty(0).Min();
    }

    /// <summary>Extracts what is missing and finishes the stores.</summary>
    /// <param name="rows">Rows that each store will have: <see cref="ActivationExtraction.Count"/>.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told the number of rows that every store has.</param>
    /// <param name="cancellation">Ends it early; whole shards stay.</param>
    /// <exception cref="InvalidFileException">The network fails, or the text changed while it was read.</exception>
    public void Fill(long rows, int threads, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        if (IsFinished)
        {
            return;
        }

        _extraction.Run(_writers, threads, progress, cancellation);
        foreach (var writer in _writers.Where(writer => !writer.IsFinished))
        {
            if (writer.Rows != rows)
            {
                throw new InvalidFileException(_extraction.Corpus.Path, "changed while it was read");
            }

            writer.Finish();
        }
    }
}
