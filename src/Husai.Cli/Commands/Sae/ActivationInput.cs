using System.CommandLine;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Experiments.Autoencoders;

namespace Husai.Cli.Commands.Sae;

/// <summary>The options that say where activations come from: a file, or a site of a transformer.</summary>
internal sealed class ActivationInput
{
    private readonly Option<string?> _file = new("--activations")
    {
        Description = "Activations to train on, [rows, width] floats: .npy or .safetensors (may be larger than memory), .npz or .pt",
        HelpName = "FILE",
    };

    private readonly SiteArguments _site;

    public ActivationInput(Command command)
    {
        _site = new SiteArguments(
            command, "Folder of the transformer; the SAEs train on its activations over all inputs", required: false,
            readsAutoencoders: false);
        command.Options.Add(_file);
        command.RequireOneOf(_site.Checkpoint, _file);
    }

    /// <summary>Opens the activations.</summary>
    public OpenActivations Open(CommandContext context)
    {
        if (context.Get(_file) is { } file)
        {
            var rows = new StoredActivations(file);
            return new OpenActivations(rows, TransformerSite.ProvenanceOf(file), null, rows);
        }

        var site = _site.Open(context, [])!;
        var activations = site.Activations(context.Workers);
        return new OpenActivations(
            new MatrixActivations(activations), site.Provenance(), new SplicedSite(site, activations, context.Workers).Measure, null);
    }
}

/// <summary>Activations ready for use.</summary>
/// <param name="Source">The rows.</param>
/// <param name="Provenance">Where they come from, for <c>cfg.json</c>.</param>
/// <param name="Splice">Measures an SAE in the transformer they come from; null for a file.</param>
/// <param name="File">What to close.</param>
internal sealed record OpenActivations(
    IActivationSource Source, Provenance Provenance, Func<Autoencoder, SplicedMetrics>? Splice, IDisposable? File) : IDisposable
{
    public void Dispose() => File?.Dispose();
}
