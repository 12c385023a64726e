using System.CommandLine;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Commands.Worlds;
using Husai.Cli.Hosting;
using Husai.Experiments.Saes;
using Husai.Worlds.Activations;
using Husai.Worlds.Sampling;

namespace Husai.Cli.Commands.Saes;

/// <summary>The options that say where activations come from: a file, a site of a transformer, or a world.</summary>
internal sealed class ActivationInput
{
    private readonly Option<string?> _file = new("--activations")
    {
        Description = "Activations to train on: a store, or a file of [rows, width] floats: .npy or .safetensors (may be larger than "
            + "memory), .npz or .pt",
        HelpName = "PATH",
    };

    private readonly SiteArguments _site;
    private readonly Option<string?> _world = WorldInput.Option("Synthetic world in YAML; the SAEs train on samples of it");
    private readonly Option<int?> _rows = NumberOption.Create("--rows", "Samples of the world to train on", 2, Array.MaxLength);

    private readonly Option<long?> _sampleSeed = NumberOption.Create(
        "--sample-seed", $"Seed of the world's samples [default: {WorldInput.TrainingSeed}]", 0, long.MaxValue);

    public ActivationInput(Command command)
    {
        _site = new SiteArguments(
            command, "Folder of the transformer; the SAEs train on its activations over all inputs", required: false,
            readsSaes: false);
        command.Options.Add(_file);
        command.Options.Add(_world);
        command.Options.Add(_rows);
        command.Options.Add(_sampleSeed);
        command.RequireOneOf(_site.Checkpoint, _file, _world);
        command.RequireWith(_world, _rows);
        command.RequireWith(_rows, _world);
        command.RequireWith(_sampleSeed, _world);
    }

    /// <summary>Opens the activations.</summary>
    public OpenActivations Open(CommandContext context)
    {
        if (context.Get(_file) is { } file)
        {
            var rows = ActivationSources.Open(file);
            return new OpenActivations(rows, TransformerSite.ProvenanceOf(file), null, null, rows);
        }

        if (context.Get(_world) is { } path)
        {
            var input = WorldInput.Open(context, path);
            var seed = context.Get(_sampleSeed) ?? WorldInput.TrainingSeed;
            var samples = new WorldActivations(new WorldSampler(input.World, (ulong)seed), context.Get(_rows)!.Value);
            return new OpenActivations(samples, input.Provenance(seed), null, null, null);
        }

        var site = _site.Open(context, [])!;
        var activations = site.Activations(context.Workers);
        return new OpenActivations(
            new MatrixActivations(activations), site.Provenance(), new SplicedSite(site, activations, context.Workers).Measure,
            CircuitSite.Of(site, activations, context.Workers), null);
    }
}

/// <summary>Activations ready for use.</summary>
/// <param name="Source">The rows.</param>
/// <param name="Provenance">Where they come from, for <c>cfg.json</c>.</param>
/// <param name="Splice">Measures an SAE in the transformer they come from; null for others.</param>
/// <param name="Circuit">The site in the transformer with its circuit; null for others.</param>
/// <param name="File">What to close.</param>
internal sealed record OpenActivations(
    IActivationSource Source, Provenance Provenance, Func<Sae, SplicedMetrics>? Splice, CircuitSite? Circuit, IDisposable? File)
    : IDisposable
{
    public void Dispose() => File?.Dispose();
}
