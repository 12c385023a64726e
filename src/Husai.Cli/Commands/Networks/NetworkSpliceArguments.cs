using System.CommandLine;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Formats.Files;
using Husai.Networks.Extraction;
using Husai.Networks.Onnx;
using Husai.Networks.Sites;
using Husai.Networks.Splicing;
using Husai.Networks.Text;

namespace Husai.Cli.Commands.Networks;

/// <summary>The options of <c>husai sae evaluate</c> that put reconstructions into a network.</summary>
internal sealed class NetworkSpliceArguments
{
    private const int UsualRows = 8192;

    private readonly Option<string?> _model = NetworkArguments.Model(
        "Network in an ONNX file; adds what reconstructions, zeros and the mean row do to its output", required: false);

    private readonly Option<string?> _tokenizer = NetworkArguments.Tokenizer();
    private readonly Option<string?> _text = new("--text")
    {
        Description = "Text for the network: .txt or .jsonl, each also as .gz, or .parquet",
        HelpName = "FILE",
    };

    private readonly Option<int?> _rows = NumberOption.Create(
        "--text-rows", $"Rows of the network to replace at most [default: {UsualRows}]", 1, int.MaxValue);

    private OnnxFile? _file;
    private IReadOnlyList<NetworkSite>? _sites;

    public NetworkSpliceArguments(Command command, Option<string?> activations)
    {
        Option[] own = [_tokenizer, _text, _rows];
        command.Options.Add(_model);
        foreach (var option in own)
        {
            command.Options.Add(option);
            command.RequireWith(option, _model);
        }

        command.RequireWith(_model, _text);
        command.RequireWith(_model, activations);
    }

    /// <summary>Measures an SAE in the network; null where none was named.</summary>
    public NetworkSpliceMetrics? Measure(CommandContext context, string folder, SavedSae saved)
    {
        if (context.Get(_model) is not { } path)
        {
            return null;
        }

        var threads = GlobalOptions.ThreadCount(context.Values);
        _file ??= OnnxFile.Read(path);
        var provenance = saved.Provenance;
        if (provenance is not { HookName: { } tensor, ModelHash: { } hash } || hash != _file.Hash)
        {
            throw new BadInputException($"{folder} was not trained on a store of {path}, or of another version of it");
        }

        _sites ??= NetworkSites.Find(_file, threads);
        var site = NetworkSites.Require(_file, _sites, tensor);
        var tokenizer = NetworkArguments.ReadTokenizer(context.Get(_tokenizer), path);
        var length = provenance.ContextSize ?? new ExtractionOptions().ContextLength;
        var contexts = new ContextReader(Corpus.Open(context.Get(_text)!, tokenizer), tokenizer, length, isPacked: false);
        var hasSpecialRows = Enum.TryParse<RowSelection>(provenance.Position, ignoreCase: true, out var rows) && rows == RowSelection.All;
        using var splice = new NetworkSplice(
            _file, site, contexts, tokenizer.Padding, context.Get(_rows) ?? UsualRows, hasSpecialRows, threads);
        using var progress = context.Output.Progress("running the network", 0, unit: "contexts");
        var metrics = splice.Measure(
            original => saved.Sae.Reconstruct(original, context.Workers), done => progress.Report(done), context.Cancellation);
        return metrics.Contexts > 0 ? metrics : throw new InvalidFileException(context.Get(_text)!, "holds no text");
    }
}
