using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Formats.Text;
using Husai.Networks.Onnx;
using Husai.Networks.Running;
using Husai.Networks.Sites;
using Husai.Networks.Text;
using Microsoft.ML.OnnxRuntime;

namespace Husai.Networks.Extraction;

/// <summary>Runs text through a network and stores what it computes at some sites, a store for each.</summary>
internal sealed class ActivationExtraction
{
    private readonly ContextReader _contexts;
    private readonly ExtractionOptions _options;
    private readonly string? _documents;

    /// <summary>Checks that network, tokenizer and text fit each other.</summary>
    /// <param name="file">The network.</param>
    /// <param name="sites">The sites, each once.</param>
    /// <param name="tokenizer">The tokenizer; null for a corpus of token ids.</param>
    /// <param name="corpus">The text.</param>
    /// <param name="documents">How the text was cut into documents, for the stores' descriptions.</param>
    /// <param name="options">How to extract.</param>
    /// <exception cref="InvalidFileException">The tokenizer has ids that the network does not know.</exception>
    /// <exception cref="ArgumentException">The contexts are too short or too long, or the provider is not there.</exception>
    public ActivationExtraction(
        OnnxFile file, IReadOnlyList<NetworkSite> sites, TextTokenizer? tokenizer, Corpus corpus, string? documents,
        ExtractionOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        (File, Sites, Tokenizer, Corpus, _documents, _options) = (file, sites, tokenizer, corpus, documents, options);
        ExecutionProviders.Require(options.Provider);
        var limits = TokenLimits.Of(file.Graph);
        if (tokenizer is not null && limits.Vocabulary < tokenizer.Vocabulary.Count)
        {
            throw new InvalidFileException(
                tokenizer.Path, $"has {tokenizer.Vocabulary.Count} tokens, but {file.Path} knows {limits.Vocabulary}: not its tokenizer");
        }

        if (limits.Positions < options.ContextLength)
        {
            throw new ArgumentException(
                $"contexts of {options.ContextLength} tokens are longer than the {limits.Positions} that {file.Path} has positions for",
                nameof(options));
        }

        _contexts = new ContextReader(corpus, tokenizer, options.ContextLength, options.IsPacked, limits.Vocabulary);
    }

    /// <summary>The network.</summary>
    public OnnxFile File { get; }

    /// <summary>The sites.</summary>
    public IReadOnlyList<NetworkSite> Sites { get; }

    /// <summary>The tokenizer; null for a corpus of token ids.</summary>
    public TextTokenizer? Tokenizer { get; }

    /// <summary>The text.</summary>
    public Corpus Corpus { get; }

    /// <summary>Reads the corpus once, and counts what will be stored.</summary>
    /// <param name="progress">Told the number of contexts read.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InvalidFileException">The corpus is empty, damaged, or holds a token that the network does not know.</exception>
    public (long Rows, CorpusCounts Counts) Count(Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var (rows, counts) = (0L, new CorpusCounts());
        foreach (var batch in Batches(counts).TakeWhile(_ => !IsEnough(rows)))
        {
            cancellation.ThrowIfCancellationRequested();
            rows += batch.Sum(context => (long)RowsOf(context));
            progress?.Invoke(counts.Contexts);
        }

        return rows == 0
            ? throw new InvalidFileException(Corpus.Path, "holds no text: there is nothing to extract")
            : (Math.Min(rows, _options.MostRows ?? rows), counts);
    }

    /// <summary>What the store of a site is written from.</summary>
    /// <param name="site">The site.</param>
    public StoreDescription Description(NetworkSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return new StoreDescription
        {
            Width = site.Width,
            Type = _options.Type,
            RowsPerShard = _options.RowsPerShard ?? ActivationStoreWriter.UsualRows(site.Width, _options.Type),
            Source = new StoreSource
            {
                Model = Path.GetFileName(File.Path),
                ModelHash = File.Hash,
                Tensor = site.Name,
                Site = SiteNames.Of(site.Kind),
                Layer = site.Layer,
                Runtime = $"OnnxRuntime {OrtEnv.Instance().GetVersionString()}{(
                    _options.Provider == ExecutionProvider.Cpu ? "" : $", {ExecutionProviders.NameOf(_options.Provider)}")}",
                Tokenizer = Tokenizer?.Method,
                TokenizerHash = Tokenizer?.Hash,
                Corpus = Path.GetFileName(Corpus.Path),
                CorpusHash = Corpus.Hash,
                Documents = _documents,
                ContextLength = _options.ContextLength,
                Packed = _options.IsPacked,
                Rows = _options.Rows.ToString().ToLowerInvariant(),
                Batch = _options.Batch,
                MostRows = _options.MostRows,
            },
        };
    }

    /// <summary>Extracts. Rows that the writers hold already are not computed again; stores that were finished before stay.</summary>
    /// <param name="writers">A writer for each site.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told the number of rows that every store has.</param>
    /// <param name="cancellation">Ends it early; whole shards stay.</param>
    /// <exception cref="InvalidFileException">The network fails, or computes values that cannot be stored.</exception>
    public void Run(
        IReadOnlyList<ActivationStoreWriter> writers, int threads, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(writers);
        using var session = new NetworkSession(File, [.. Sites.Select(site => site.Name)], threads, _options.Provider);
        var rows = 0L;
        foreach (var batch in Batches(new CorpusCounts()).TakeWhile(_ => !IsEnough(rows)))
        {
            cancellation.ThrowIfCancellationRequested();
            var count = batch.Sum(context => (long)RowsOf(context));
            if (writers.Any(writer => !writer.IsFinished && writer.Rows < rows + count))
            {
                Store(session, batch, rows, writers);
            }

            rows += count;
            progress?.Invoke(Math.Min(rows, _options.MostRows ?? rows));
        }
    }

    private void Store(NetworkSession session, TokenContext[] batch, long firstRow, IReadOnlyList<ActivationStoreWriter> writers)
    {
        var tokens = TokenBatch.Of(batch, Tokenizer?.Padding ?? 0);
        using var outputs = session.Run(tokens);
        for (var site = 0; site < Sites.Count; site++)
        {
            if (writers[site].IsFinished)
            {
                continue;
            }

            var width = Sites[site].Width;
            if (outputs.Shape(site) is not [var sequences, var length, var found] || (sequences, length, found)
                != (tokens.Sequences, tokens.Length, width))
            {
                throw new InvalidFileException(
                    File.Path, $"gives tensor '{Sites[site].Name}' the shape [{string.Join(", ", outputs.Shape(site))}] where "
                    + $"[{tokens.Sequences}, {tokens.Length}, {width}] is due");
            }

            var values = outputs.Values(site);
            var row = firstRow;
            for (var sequence = 0; sequence < batch.Length; sequence++)
            {
                var own = values.Slice(sequence * tokens.Length * width, tokens.Length * width);
                Append(writers[site], batch[sequence], own, width, ref row);
            }
        }
    }

    // Only rows that the store does not hold yet, and no more than were asked for.
    private void Append(
        ActivationStoreWriter writer, TokenContext context, ReadOnlySpan<float> values, int width, ref long row)
    {
        for (var position = 0; position < context.Tokens.Count; position++)
        {
            if (!HasRow(context, position))
            {
                continue;
            }

            if (row == writer.Rows && !(row >= _options.MostRows))
            {
                try
                {
                    if (_options.Rows == RowSelection.Pooled)
                    {
                        var text = context.Tokens.First(token => !token.IsSpecial);
                        writer.Append(
                            Mean(values, context.Tokens.Count, width),
                            new StoredToken(-1, context.Number, text.Document, text.Offset, -1));
                    }
                    else
                    {
                        var token = context.Tokens[position];
                        writer.Append(
                            values.Slice(position * width, width),
                            new StoredToken(token.Id, context.Number, token.Document, token.Offset, token.Position));
                    }
                }
                catch (ArgumentException error)
                {
                    throw new InvalidFileException(File.Path, FailureText.OneLine(error), error);
                }
            }

            row++;
        }
    }

    private static float[] Mean(ReadOnlySpan<float> values, int tokens, int width)
    {
        var mean = new float[width];
        for (var column = 0; column < width; column++)
        {
            var sum = 0.0;
            for (var position = 0; position < tokens; position++)
            {
                sum += values[position * width + column];
            }

            mean[column] = (float)(sum / tokens);
        }

        return mean;
    }

    private IEnumerable<TokenContext[]> Batches(CorpusCounts counts) => ContextBatches.Of(_contexts.Read(counts), _options.Batch);

    private bool IsEnough(long rows) => rows >= _options.MostRows;

    private int RowsOf(TokenContext context) => _options.Rows switch
    {
        RowSelection.All => context.Tokens.Count,
        RowSelection.Text => context.Tokens.Count(token => !token.IsSpecial),
        _ => 1,
    };

    private bool HasRow(TokenContext context, int position) => _options.Rows switch
    {
        RowSelection.All => true,
        RowSelection.Text => !context.Tokens[position].IsSpecial,
        RowSelection.Last => !context.Tokens[position].IsSpecial
            && (position + 1 == context.Tokens.Count || context.Tokens[position + 1].IsSpecial),
        _ => position == 0,
    };
}
