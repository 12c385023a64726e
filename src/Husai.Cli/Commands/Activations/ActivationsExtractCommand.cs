using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Saes;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;

namespace Husai.Cli.Commands.Activations;

/// <summary><c>husai activations extract</c>.</summary>
internal sealed class ActivationsExtractCommand : HusaiCommand
{
    private readonly Option<string?> _checkpoint = CheckpointOption.Create("Folder of the transformer", required: true);

    private readonly Option<int?> _layer = NumberOption.Create("--layer", "Layer, counted from 0 [default: the last]", 0, 1000);

    private readonly Option<string> _site = new("--site")
    {
        Description = "Site in the layer",
        HelpName = "SITE",
        DefaultValueFactory = _ => "resid_post",
    };

    private readonly Option<string> _position = new("--position")
    {
        Description = "Position: read (the position of the answer), all, or a name or number",
        HelpName = "POSITION",
        DefaultValueFactory = _ => "read",
    };

    private readonly Option<string> _file = new("--output")
    {
        Description = "File to write: .safetensors, .npy, .npz or .pt; the last three get a second file NAME.json with their description",
        HelpName = "FILE",
        Required = true,
    };

    public ActivationsExtractCommand()
        : base(
            "extract",
            "Write a transformer's activations over all inputs to a file",
            "husai activations extract --checkpoint runs/transformer/mod113_quick/seed_0 --layer 0 --site resid_post --output "
                + "activations.safetensors")
    {
        _site.AcceptOnly([.. ActivationSites.Names]);
        Options.Add(_checkpoint);
        Options.Add(_layer);
        Options.Add(_site);
        Options.Add(_position);
        Options.Add(_file);
    }

    public override int Run(CommandContext context)
    {
        var checkpoint = TransformerCheckpoint.Load(context.Get(_checkpoint)!);
        var site = new SiteRequest(ActivationSites.Parse(context.Get(_site)), context.Get(_layer)).In(checkpoint, []);
        var file = context.Get(_file);
        ActivationExport.RequireReplaceable(file);
        ActivationExport export;
        try
        {
            export = ActivationExport.Read(
                checkpoint, site.Site, site.Layer, context.Get(_position), context.Workers);
            using var held = FolderLocks.OfFile(file);
            export.Write(file);
        }
        catch (ArgumentException error)
        {
            throw BadInputException.From(error);
        }

        var document = new Document(file, export.Values.Rows, export.Values.Columns, export.Description);
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "activations", file);
            table.AddTextRow("shape", export.Values.Shape);
            foreach (var (name, value) in export.Description)
            {
                table.AddTextRow(name, value);
            }

            console.Write(table);
        });
        return ExitCode.Success;
    }

    private sealed record Document(string Output, int Rows, int Width, IReadOnlyDictionary<string, string> Description);
}
