using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Formats.Stores;
using Husai.Networks.Extraction;
using Husai.Networks.Running;
using Husai.Networks.Sites;
using Husai.Networks.Text;
using Spectre.Console;

namespace Husai.Cli.Commands.Networks;

/// <summary>The part of <c>husai activations extract</c> that runs text through a network.</summary>
internal sealed class NetworkExtractionArguments
{
    private static readonly ExtractionOptions Usual = new();
    private readonly Option<string[]> _sites;
    private readonly Option<string?> _output;
    private readonly Option<string?> _tokenizer = NetworkArguments.Tokenizer();

    private readonly Option<string?> _text = new("--text")
    {
        Description = "Text for the network: .txt or .jsonl, each also as .gz, .parquet, or token ids as .npy of integers [documents, "
            + "length]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _field = new("--field")
    {
        Description = "Field of a .jsonl file, or column of a .parquet file, that holds the text [default: text]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _documents = new("--document")
    {
        Description = "What is a document of a .txt file: each line, or the file [default: line]",
        HelpName = "UNIT",
    };

    private readonly Option<int?> _context = NumberOption.Create(
        "--context", $"Most tokens that the network reads together, special ones included [default: {Usual.ContextLength}]", 1, 1 << 20);

    private readonly Option<bool> _packed = new("--packed")
    {
        Description = "Fill each context with as many documents as fit; else each document has a context of its own, and its rest is cut",
    };

    private readonly Option<string?> _rows = new("--rows")
    {
        Description = "Which tokens have a row: text (those of the text), all (special ones too), last (the last of the text), or pooled "
            + "(one row for each context, the mean of all its tokens) [default: text]",
        HelpName = "ROWS",
    };

    private readonly Option<long?> _mostRows = NumberOption.Create("--max-rows", "Stop after this many rows", 1, long.MaxValue);

    private readonly Option<int?> _batch = NumberOption.Create(
        "--batch", $"Contexts that the network reads at once [default: {Usual.Batch}]", 1, 4096);

    private readonly Option<string?> _type = new("--dtype")
    {
        Description = "How values are kept: f32, f16 or bf16 [default: f32]",
        HelpName = "TYPE",
    };

    private readonly Option<string?> _provider = new("--provider")
    {
        Description = $"What OnnxRuntime runs the network on: {string.Join(", ", ExecutionProviders.Names)} [default: cpu]",
        HelpName = "PROVIDER",
    };

    private readonly Option<int?> _shardRows = NumberOption.Create(
        "--shard-rows", "Rows of a shard; one shard of each site is in memory [default: as many as 64 MiB hold]", 1, 1 << 24);

    public NetworkExtractionArguments(Command command, Option<string[]> sites, Option<string?> output)
    {
        (_sites, _output) = (sites, output);
        _documents.AcceptOnly([.. Enum.GetNames<DocumentUnit>().Select(name => name.ToLowerInvariant())]);
        _rows.AcceptOnly([.. Enum.GetNames<RowSelection>().Select(name => name.ToLowerInvariant())]);
        _provider.AcceptOnly([.. ExecutionProviders.Names]);
        _type.AcceptOnly([.. Enum.GetNames<StoreType>().Select(name => name.ToLowerInvariant())]);
        Option[] own = [_tokenizer, _text, _field, _documents, _context, _packed, _rows, _mostRows, _batch, _provider, _type, _shardRows];
        command.Options.Add(Model);
        foreach (var option in own)
        {
            command.Options.Add(option);
            command.RequireWith(option, Model);
        }

        command.RequireWith(Model, _text);
    }

    /// <summary>The option that names the network.</summary>
    public Option<string?> Model { get; } = NetworkArguments.Model("Network in an ONNX file, which reads text", required: false);

    /// <summary>Runs the command.</summary>
    public int Run(CommandContext context)
    {
        var threads = GlobalOptions.ThreadCount(context.Values);
        var request = new ExtractionRequest
        {
            Model = context.Get(Model)!,
            Tokenizer = context.Get(_tokenizer),
            Text = context.Get(_text)!,
            Field = context.Get(_field),
            Document = context.Get(_documents) is { } unit ? Enum.Parse<DocumentUnit>(unit, ignoreCase: true) : default,
            Sites = context.Get(_sites),
            Options = Options(context),
        };
        ActivationExtraction extraction;
        try
        {
            extraction = request.Open(threads);
        }
        catch (ArgumentException error)
        {
            throw BadInputException.From(error);
        }

        // One site's store is the folder itself; of several each has a folder with its name.
        var output = context.Get(_output)!;
        var stores = new StoreExtraction(
            extraction,
            site => extraction.Sites.Count == 1 ? output : Path.Combine(output, SiteNames.FolderOf(site.Alias ?? site.Name)));
        var (rows, counts) = Count(context, extraction);
        using (FolderLocks.Take([.. stores.Folders]))
        {
            Write(context, stores, rows, threads);
        }

        var document = new Document(
            [
                .. stores.Folders.Zip(
                    extraction.Sites, (folder, site) => new StoreDocument(folder, site, StoreDescription.Read(folder).Hash!)),
            ],
            rows, counts.Documents, counts.CutDocuments, counts.Contexts, counts.Tokens);
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "store", "site", "#rows", "#width", "hash");
            foreach (var store in document.Stores)
            {
                table.AddTextRow(
                    store.Output, store.Site.Alias ?? store.Site.Name, rows.ToString(CultureInfo.InvariantCulture),
                    store.Site.Width.ToString(CultureInfo.InvariantCulture), store.Hash[..12]);
            }

            console.Write(table);
            console.Write(new Text(string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.Documents} documents, {counts.CutDocuments} of them cut; {counts.Contexts} contexts with "
                + $"{counts.Tokens} tokens of text\n")));
        });
        return ExitCode.Success;
    }

    private ExtractionOptions Options(CommandContext context) => new()
    {
        ContextLength = context.Get(_context) ?? Usual.ContextLength,
        IsPacked = context.Get(_packed),
        Rows = context.Get(_rows) is { } rows ? Enum.Parse<RowSelection>(rows, ignoreCase: true) : Usual.Rows,
        MostRows = context.Get(_mostRows),
        Batch = context.Get(_batch) ?? Usual.Batch,
        Provider = context.Get(_provider) is { } provider
            ? Enum.Parse<ExecutionProvider>(provider, ignoreCase: true) : Usual.Provider,
        Type = context.Get(_type) is { } type ? Enum.Parse<StoreType>(type, ignoreCase: true) : Usual.Type,
        RowsPerShard = context.Get(_shardRows),
    };

    private static (long Rows, CorpusCounts Counts) Count(CommandContext context, ActivationExtraction extraction)
    {
        using var progress = context.Output.Progress("reading the text", 0, unit: "contexts");
        return extraction.Count(contexts => progress.Report(contexts), context.Cancellation);
    }

    private static void Write(CommandContext context, StoreExtraction stores, long rows, int threads)
    {
        using (var progress = context.Output.Progress("checking what is there", rows, unit: "rows"))
        {
            stores.Open(done => progress.Report(done));
        }

        if (stores.IsFinished)
        {
            context.Output.Note($"{string.Join(", ", stores.Folders)}: is finished already");
            return;
        }

        using (var progress = context.Output.Progress("extracting", rows, stores.RowsThere, "rows"))
        {
            stores.Fill(rows, threads, done => progress.Report(done), context.Cancellation);
        }
    }

    private sealed record Document(
        IReadOnlyList<StoreDocument> Stores, long Rows, long Documents, long CutDocuments, long Contexts, long Tokens);

    private sealed record StoreDocument(string Output, NetworkSite Site, string Hash);
}
