using System.CommandLine;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Storage;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Commands.Networks;
using Husai.Cli.Hosting;
using Husai.Experiments.Saes;

namespace Husai.Cli.Commands.Saes;

/// <summary><c>husai sae evaluate</c>.</summary>
internal sealed class SaeEvaluateCommand : HusaiCommand
{
    private const string HeldOut = "held-out";
    private const string All = "all";
    private readonly SaeFolders _saes;
    private readonly SiteArguments _site;

    private readonly Option<string?> _file = new("--activations")
    {
        Description = "Activations to measure on: a store, or a file of [rows, width] floats: .npy or .safetensors (may be larger than "
            + "memory), .npz or .pt",
        HelpName = "PATH",
    };

    private readonly Option<double?> _deadThreshold = NumberOption.Create(
        "--dead-threshold",
        "Latents that fire on a smaller share of the rows are dead [default: from the training, else 1e-5]", 0.0, 1.0);

    private readonly Option<string?> _rows = new("--rows")
    {
        Description = "Rows to measure on: held-out (those that training held out) or all [default: held-out with --checkpoint, if "
            + "they are known; else all]",
        HelpName = "ROWS",
    };

    private readonly NetworkSpliceArguments _network;

    public SaeEvaluateCommand()
        : base(
            "evaluate", "Measure SAEs on activations, and in their transformer",
            "husai sae evaluate runs/sae/topk_8x_k32/seed_42 runs/sae/topk_8x_k32/seed_123 --checkpoint runs/model",
            "husai sae evaluate runs/saes/seed_1 --activations runs/store --model models/minilm/model.onnx --text corpus.txt")
    {
        _saes = new SaeFolders(this, "SAE folders");
        _site = new SiteArguments(
            this, "Folder of the transformer that the SAEs were trained on; adds its accuracy with the reconstructions", required: false);
        Options.Add(_file);
        Options.Add(_deadThreshold);
        _rows.AcceptOnly(HeldOut, All);
        Options.Add(_rows);
        _network = new NetworkSpliceArguments(this, _file);
        this.RequireOneOf(_site.Checkpoint, _file);
    }

    public override int Run(CommandContext context)
    {
        using var file = context.Get(_file) is { } path ? ActivationSources.Open(path) : null;
        var activations = new EvaluatedActivations(context, _site, file);
        var provenance = new Lazy<Provenance>(() => TransformerSite.ProvenanceOf(context.Get(_file)!));
        var folders = _saes.Read(context);
        var documents = new List<SaeDocument>();
        var saes = new List<(string Folder, SavedSae Saved)>();
        using (var progress = context.Output.Progress("evaluating", folders.Length, unit: "SAEs"))
        {
            foreach (var folder in folders)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                saes.Add((folder, SaeFolder.Load(folder)));
                documents.Add(Evaluate(context, folder, saes[^1].Saved, activations, provenance));
                progress.Report(documents.Count);
            }
        }

        var network = _network.Measure(context, saes);
        documents = [.. documents.Zip(folders, (document, folder) => document with { Network = network.GetValueOrDefault(folder) })];

        context.Output.Result(new { Saes = documents }, console => SaeTable.Write(console, documents));
        return ExitCode.Success;
    }

    private SaeDocument Evaluate(
        CommandContext context, string folder, SavedSae saved, EvaluatedActivations activations, Lazy<Provenance> ofFile)
    {
        var rows = activations.Of(folder, saved);
        var source = rows.Source;
        if (source.Rows == 0)
        {
            throw new BadInputException($"{context.Get(_file)}: there are no rows to evaluate on");
        }

        if (source.Width != saved.Sae.Width)
        {
            throw new BadInputException(
                $"{folder} takes rows of width {saved.Sae.Width}, but the activations are [{source.Rows}, {source.Width}]");
        }

        if (context.Get(_file) is { } file && saved.Provenance.DifferenceTo(ofFile.Value) is { } difference)
        {
            throw new BadInputException($"{folder} was trained on other activations than {file} holds: {difference}");
        }

        var deadThreshold = context.Get(_deadThreshold) ?? saved.DeadThreshold ?? 1e-5;
        var heldOut = HeldOutFraction(context, folder, saved, rows);
        var metrics = heldOut is { } fraction
            ? SaeEvaluator.EvaluateHeldOut(saved.Sae, source, fraction, deadThreshold, context.Workers, saved.FiringRows)
            : SaeEvaluator.Evaluate(saved.Sae, source, deadThreshold, context.Workers);
        return SaeDocument.Of(folder, saved, metrics) with
        {
            MeasuredRows = heldOut is null ? All : HeldOut,
            Spliced = rows.Splice?.Measure(saved.Sae),
        };
    }

    // The held-out rows are known only of the very activations of the training.
    private double? HeldOutFraction(CommandContext context, string folder, SavedSae saved, EvaluatedRows rows)
    {
        var asked = context.Get(_rows);
        if (asked == All || (asked is null && rows.Site is null))
        {
            return null;
        }

        var isKnown = saved.HeldOutFraction is not null && saved.Provenance.Activations is { } trained && trained == rows.Identity;
        return isKnown ? saved.HeldOutFraction
            : asked is null ? null
            : throw new BadInputException($"{folder}: its held-out rows are not known, because it was trained on other activations or "
                + "does not name them; use --rows all");
    }
}
