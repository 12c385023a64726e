using System.CommandLine;
using System.Text.Json.Nodes;
using Husai.Autoencoders;
using Husai.Cli.Hosting;
using Husai.Experiments.Autoencoders;
using Husai.Transformers;

namespace Husai.Cli.Commands.Sae;

/// <summary>The options that say where activations come from: a file, or a site of a transformer.</summary>
internal sealed class ActivationInput
{
    private readonly Option<string?> _file = new("--activations") { Description = "Activations, [rows, width] floats: .npy or .safetensors, mapped, so larger than memory if need be; .npz or .pt, read as a whole", HelpName = "FILE" };
    private readonly Option<string?> _checkpoint = new("--transformer-checkpoint") { Description = "Folder of a trained transformer whose activations to take, over all inputs at the read position", HelpName = "DIR" };
    private readonly Option<int?> _layer = NumberOption.Create("--layer", "Layer of the transformer, from 0 on [default: 0]", 0, 1000);
    private readonly Option<string> _site = new("--site") { Description = "Site of the transformer", DefaultValueFactory = _ => "resid_post" };

    public void AddTo(Command command)
    {
        _ = _site.AcceptOnlyFromAmong([.. ActivationSites.Names]);
        command.Options.Add(_checkpoint);
        command.Options.Add(_layer);
        command.Options.Add(_site);
        command.Options.Add(_file);
        command.RequireOneOf(_checkpoint, _file);
    }

    /// <summary>Opens the activations.</summary>
    public OpenActivations Open(CommandContext context)
    {
        if (context.Get(_file) is { } file)
        {
            var rows = new StoredActivations(file);
            return new OpenActivations(
                rows, new JsonObject { ["dataset_path"] = Path.GetFileName(file) }, null, rows);
        }

        var site = TransformerSite.Open(context.Get(_checkpoint)!, context.Get(_site), context.Get(_layer) ?? 0);
        var activations = site.Activations(context.Workers);
        return new OpenActivations(
            new MatrixActivations(activations), site.Metadata(), autoencoder => SplicedMetrics.Measure(site, activations, autoencoder, context.Workers), null);
    }
}

/// <summary>Activations ready for use.</summary>
/// <param name="Source">The rows.</param>
/// <param name="Metadata">Where they come from, for <c>cfg.json</c>.</param>
/// <param name="Splice">Measures an autoencoder in the transformer they come from; null for a file.</param>
/// <param name="File">What to close.</param>
internal sealed record OpenActivations(
    IActivationSource Source, JsonObject Metadata, Func<Autoencoder, SplicedMetrics>? Splice, IDisposable? File) : IDisposable
{
    public void Dispose() => File?.Dispose();
}
