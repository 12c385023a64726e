using System.CommandLine;
using System.Globalization;
using Husai.Autoencoders.Activations;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Saes;
using Husai.Formats.Stores;

namespace Husai.Cli.Commands.Activations;

/// <summary><c>husai activations info</c>.</summary>
internal sealed class ActivationsInfoCommand : HusaiCommand
{
    private readonly Argument<string> _path = new("activations")
    {
        Description = "Folder of a store, or a file: .npy, .safetensors, .npz or .pt",
        HelpName = "PATH",
    };

    private readonly Option<bool> _verify = new("--verify") { Description = "Read the whole store and compare the hash of each shard" };

    public ActivationsInfoCommand()
        : base(
            "info", "Describe activations in a store or a file",
            "husai activations info runs/store", "husai activations info runs/store --verify")
    {
        Arguments.Add(_path);
        Options.Add(_verify);
    }

    public override int Run(CommandContext context)
    {
        var path = context.Get(_path);
        if (!StoreDescription.IsStore(path))
        {
            return Describe(context, path);
        }

        using var store = ActivationStore.Open(path);
        if (context.Get(_verify))
        {
            using var progress = context.Output.Progress("comparing hashes", store.Shards, unit: "shards");
            store.Verify(shards => progress.Report(shards), context.Cancellation);
        }

        var description = store.Description;
        var document = new Document(
            path, store.Rows, store.Width, description.Type.ToString().ToLowerInvariant(), store.Shards, description.Hash,
            description.MeanNorm, description.Source);
        Write(context, document);
        return ExitCode.Success;
    }

    private int Describe(CommandContext context, string path)
    {
        using var file = ActivationSources.Open(path);
        if (context.Get(_verify))
        {
            throw new BadInputException($"{path} is no store: only a store has hashes to compare");
        }

        Write(context, new Document(path, file.Rows, file.Width, null, null, ActivationIdentity.Of(file).Hash, null, null));
        return ExitCode.Success;
    }

    private static void Write(CommandContext context, Document document) => context.Output.Result(document, console =>
    {
        var table = Tables.Create(console, "activations", document.Activations);
        void Add(string name, object? value)
        {
            if (value is not null)
            {
                table.AddTextRow(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);
            }
        }

        Add("shape", string.Create(CultureInfo.InvariantCulture, $"[{document.Rows}, {document.Width}]"));
        Add("type", document.Type);
        Add("shards", document.Shards);
        Add("mean norm", document.MeanNorm?.ToString("G6", CultureInfo.InvariantCulture));
        Add("hash", document.Hash);
        if (document.Source is { } source)
        {
            Add("model", source.Model);
            Add("model hash", source.ModelHash);
            Add("tensor", source.Tensor);
            Add("site", source.Site);
            Add("layer", source.Layer);
            Add("runtime", source.Runtime);
            Add("tokenizer", source.Tokenizer);
            Add("text", source.Corpus);
            Add("text hash", source.CorpusHash);
            Add("context", source.ContextLength);
            Add("rows of", source.Rows);
        }

        console.Write(table);
    });

    private sealed record Document(
        string Activations, long Rows, int Width, string? Type, int? Shards, string? Hash, double? MeanNorm, StoreSource? Source);
}
