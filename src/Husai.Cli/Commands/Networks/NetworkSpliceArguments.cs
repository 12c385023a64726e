using System.CommandLine;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Formats.Files;
using Husai.Networks.Extraction;
using Husai.Networks.Onnx;
using Husai.Networks.Sites;
using Husai.Networks.Splicing;
using Husai.Networks.Text;
using Husai.Numerics.Matrices;

namespace Husai.Cli.Commands.Networks;

/// <summary>The options of <c>husai sae evaluate</c> that put reconstructions into a network.</summary>
internal sealed class NetworkSpliceArguments
{
    private readonly Option<string?> _model = NetworkArguments.Model(
        "Network in an ONNX file; adds what reconstructions, zeros and the mean row do to its output", required: false);

    private readonly Option<string?> _tokenizer = NetworkArguments.Tokenizer();
    private readonly Option<string?> _text = new("--text")
    {
        Description = "Text for the network: .txt or .jsonl, each also as .gz, or .parquet",
        HelpName = "FILE",
    };

    private readonly Option<int?> _rows = NumberOption.Create(
        "--text-rows", $"Rows of the network to replace at most [default: {NetworkSplice.UsualRows}]", 1, int.MaxValue);

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

    /// <summary>Measures SAEs in the network, those of one site together; nothing where no network was named.</summary>
    /// <returns>The metrics by the SAEs' folders.</returns>
    public IReadOnlyDictionary<string, NetworkSpliceMetrics> Measure(
        CommandContext context, IReadOnlyList<(string Folder, SavedSae Saved)> saes)
    {
        var metrics = new Dictionary<string, NetworkSpliceMetrics>();
        if (context.Get(_model) is not { } path)
        {
            return metrics;
        }

        var file = OnnxFile.Read(path);
        foreach (var (folder, saved) in saes)
        {
            if (saved.Provenance is not { HookName: not null, ModelHash: { } hash } || hash != file.Hash)
            {
                throw new BadInputException($"{folder} was not trained on a store of {path}, or of another version of it");
            }
        }

        var threads = GlobalOptions.ThreadCount(context.Values);
        var sites = NetworkSites.Find(file, threads);
        var tokenizer = NetworkArguments.ReadTokenizer(context.Get(_tokenizer), path);
        foreach (var group in saes.GroupBy(sae => (
            sae.Saved.Provenance.HookName!, sae.Saved.Provenance.ContextSize, sae.Saved.Provenance.Position)))
        {
            var (tensor, length, position) = group.Key;
            var contexts = new ContextReader(
                Corpus.Open(context.Get(_text)!, tokenizer), tokenizer, length ?? new ExtractionOptions().ContextLength, isPacked: false);
            var hasSpecialRows = Enum.TryParse<RowSelection>(position, ignoreCase: true, out var rows) && rows == RowSelection.All;
            using var splice = new NetworkSplice(
                file, NetworkSites.Require(file, sites, tensor), contexts, tokenizer.Padding, context.Get(_rows) ?? NetworkSplice.UsualRows,
                hasSpecialRows, threads);
            if (splice.Contexts == 0)
            {
                throw new InvalidFileException(context.Get(_text)!, "holds no text");
            }

            using var progress = context.Output.Progress("running the network", splice.Contexts, unit: "contexts");
            var measured = splice.Measure(
                [.. group.Select(sae => (Func<Matrix, Matrix>)(original => sae.Saved.Sae.Reconstruct(original, context.Workers)))],
                done => progress.Report(done), context.Cancellation);
            foreach (var (sae, values) in group.Zip(measured))
            {
                metrics[sae.Folder] = values;
            }
        }

        return metrics;
    }
}
