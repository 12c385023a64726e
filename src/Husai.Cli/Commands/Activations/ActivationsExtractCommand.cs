using System.CommandLine;
using System.Globalization;
using Husai.Cli.Commands.Networks;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Folders;
using Husai.Experiments.Saes;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;

namespace Husai.Cli.Commands.Activations;

/// <summary><c>husai activations extract</c>.</summary>
internal sealed class ActivationsExtractCommand : HusaiCommand
{
    private readonly Option<string?> _checkpoint = CheckpointOption.Create("Folder of the transformer, whose inputs are all of its task's");

    private readonly Option<int?> _layer = NumberOption.Create(
        "--layer", "Layer of the transformer, counted from 0 [default: the last]", 0, 1000);

    private readonly Option<string[]> _sites = new("--site")
    {
        Description = $"With --checkpoint the site in the layer: {string.Join(", ", ActivationSites.Names)} [default: resid_post]; with "
            + "--model sites by the names of 'husai network sites'",
        HelpName = "SITE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _position = new("--position")
    {
        Description = "Position in the transformer's input: read or answer (where the answer is read), all, bos, first_operand, "
            + "second_operand, or a name or number [default: read]",
        HelpName = "POSITION",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "With --checkpoint the file to write: .safetensors, .npy, .npz or .pt; the last three get a second file NAME.json "
            + "with their description [default: such as runs/activations/MODEL/resid_post_layer0_read.safetensors]. "
            + "With --model the folder of the store, or with several sites of the stores",
        HelpName = "PATH",
    };

    private readonly NetworkExtractionArguments _network;

    public ActivationsExtractCommand()
        : base(
            "extract",
            "Write activations: a transformer's over all inputs to a file, or a network's on text to a store",
            "husai activations extract --checkpoint runs/transformer/mod113_quick/seed_0 --layer 0 --site resid_post --output "
                + "activations.safetensors",
            "husai activations extract --model models/minilm/model.onnx --text corpus.txt --site resid_post.3 --output runs/store")
    {
        Options.Add(_checkpoint);
        Options.Add(_layer);
        Options.Add(_position);
        _network = new NetworkExtractionArguments(this, _sites, _output);
        Options.Add(_sites);
        Options.Add(_output);
        this.RequireOneOf(_checkpoint, _network.Model);
        this.RequireWith(_network.Model, _output);
        this.RequireWith(_layer, _checkpoint);
        this.RequireWith(_position, _checkpoint);
        Validators.Add(result =>
        {
            var sites = result.GetResult(_sites)?.Tokens.Select(token => token.Value).ToArray() ?? [];
            if (result.Has(_network.Model) && sites.Length == 0)
            {
                result.AddError($"{_network.Model.Name} needs {_sites.Name} {_sites.HelpName}");
            }

            if (result.Has(_checkpoint) && (sites.Length > 1 || sites.Except(ActivationSites.Names).Any()))
            {
                result.AddError(
                    $"{_sites.Name} is '{string.Join(' ', sites)}' where one of {string.Join(", ", ActivationSites.Names)} is needed");
            }
        });
    }

    // The shards that are whole stay, and the next attempt continues behind them.
    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        if (context.Get(_network.Model) is not null)
        {
            return _network.Run(context);
        }

        var checkpoint = TransformerCheckpoint.Load(context.Get(_checkpoint)!);
        var name = context.Get(_sites) is [var given] ? given : ActivationSite.ResidPost.NameOf();
        var site = new SiteRequest(ActivationSites.Parse(name), context.Get(_layer)).In(checkpoint, []);
        var file = context.Get(_output) ?? DefaultFile(
            context.Get(_checkpoint)!, site.Site, site.Layer, context.Get(_position) ?? ActivationExport.ReadPosition);
        ActivationExport.RequireReplaceable(file);
        ActivationExport export;
        try
        {
            export = ActivationExport.Read(
                checkpoint, site.Site, site.Layer, context.Get(_position) ?? ActivationExport.ReadPosition, context.Workers);
            using var held = FolderLocks.OfFile(file);
            export.Write(file);
        }
        catch (ArgumentException error)
        {
            throw BadInputException.From(error);
        }

        var document = new Document(
            file, export.Values.Rows, export.Values.Columns, export.Description, ValueSummary.Of(export.Values.AsSpan()));
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "activations", file);
            table.AddTextRow("shape", export.Values.Shape);
            table.AddTextRow("mean", Text(document.Values.Mean));
            table.AddTextRow("standard deviation", Text(document.Values.StandardDeviation));
            table.AddTextRow("least", Text(document.Values.Least));
            table.AddTextRow("largest", Text(document.Values.Largest));
            foreach (var (key, value) in export.Description)
            {
                table.AddTextRow(key, value);
            }

            console.Write(table);
        });
        return ExitCode.Success;
    }

    // Two models' activations do not take each other's place.
    private static string DefaultFile(string checkpoint, ActivationSite site, int layer, string position) => Path.Combine(
        RunFolders.DefaultRoot, "activations", RunFolders.OfModel(checkpoint),
        $"{RunFolders.OfLayer(site.NameOf(), layer)}_{string.Concat(position.Split(Path.GetInvalidFileNameChars()))}.safetensors");

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private sealed record Document(
        string Output, int Rows, int Width, IReadOnlyDictionary<string, string> Description, ValueSummary Values);
}
