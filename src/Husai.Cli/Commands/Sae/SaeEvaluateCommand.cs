using System.CommandLine;
using Husai.Autoencoders;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Experiments.Autoencoders;

namespace Husai.Cli.Commands.Sae;

/// <summary><c>husai sae evaluate</c>.</summary>
internal sealed class SaeEvaluateCommand : HusaiCommand
{
    private readonly Option<string[]> _saes = new("--sae") { Description = "Folders of autoencoders", HelpName = "DIR", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly SiteArguments _site;
    private readonly Option<string?> _file = new("--activations") { Description = "Stored activations: .npy, .npz, .safetensors or .pt", HelpName = "FILE" };
    private readonly Option<double?> _deadThreshold = NumberOption.Create("--dead-threshold", "Latents firing on a smaller share of the rows are dead [default: 1e-5]", 0.0, 1.0);

    public SaeEvaluateCommand()
        : base(
            "evaluate", "Measure autoencoders on all rows of activations, and in the transformer they come from",
            "husai sae evaluate --sae results/sae/topk_8x_k32/seed_42 results/sae/topk_8x_k32/seed_123 --transformer-checkpoint results/transformer")
    {
        Options.Add(_saes);
        _site = new SiteArguments(this, "Folder of the transformer that they were trained on: adds what it does with the reconstructions", required: false);
        Options.Add(_file);
        Options.Add(_deadThreshold);
        this.RequireOneOf(_site.Checkpoint, _file);
    }

    public override int Run(CommandContext context)
    {
        using var file = context.Get(_file) is { } path ? new StoredActivations(path) : null;
        var folders = context.Get(_saes);
        var documents = new List<SaeDocument>();
        using (var progress = context.Output.Progress("evaluating", folders.Length, unit: "SAEs"))
        {
            foreach (var folder in folders)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                documents.Add(Evaluate(context, folder, file));
                progress.Report(documents.Count);
            }
        }

        context.Output.Result(new { Saes = documents }, console => SaeTable.Write(console, documents));
        return ExitCode.Success;
    }

    private SaeDocument Evaluate(CommandContext context, string folder, StoredActivations? file)
    {
        var saved = SaeFolder.Load(folder);
        var site = file is null ? _site.Open(context, [(folder, saved.Provenance)]) : null;
        var activations = site?.Activations(context.Workers);
        IActivationSource source = activations is null ? file! : new MatrixActivations(activations);
        if (source.Rows == 0)
        {
            throw new BadInputException($"{context.Get(_file)}: there are no rows: nothing to evaluate on");
        }

        if (source.Width != saved.Autoencoder.Width)
        {
            throw new BadInputException(
                $"{folder} takes rows of width {saved.Autoencoder.Width}, but the activations are [{source.Rows}, {source.Width}]");
        }

        var metrics = AutoencoderEvaluator.Evaluate(saved.Autoencoder, source, context.Get(_deadThreshold) ?? 1e-5, context.Workers);
        return SaeDocument.Of(folder, saved, metrics) with
        {
            Spliced = site is null ? null : SplicedMetrics.Measure(site, activations!, saved.Autoencoder, context.Workers),
        };
    }
}
