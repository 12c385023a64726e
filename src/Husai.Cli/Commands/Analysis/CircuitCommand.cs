using System.CommandLine;
using Husai.Analysis.Circuits;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Experiments.Saes;
using Husai.Reporting.Figures;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai circuit</c>: do SAEs recover the circuit that the model is known to have?</summary>
internal sealed class CircuitCommand : HusaiCommand
{
    // What release 0.1 and before called it; an alias for one release.
    private const string EarlierName = "fourier";

    private readonly SaeFolders _saes;

    private readonly Option<string[]> _nullSaes = new("--null-sae")
    {
        Description = "SAE folders to compare with, such as SAEs of a transformer with random weights or of one that has only memorised",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _nullCheckpoints = new("--null-checkpoint")
    {
        Description = "Transformers of the null SAEs, in the same order, or one for all; each null SAE is measured in its own "
            + "transformer [default: the transformer of --checkpoint]",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly SiteArguments _site;
    private readonly FiguresOption _figures;
    private readonly Option<bool> _all = new("--all") { Description = "Print every table, not the first alone" };
    private readonly Option<bool> _allowEqual = SaeArguments.AllowEqual();

    public CircuitCommand()
        : base(
            "circuit",
            "Compare SAEs with the model's known circuit and with baselines",
            "husai circuit runs/saes/seed_42 runs/saes/seed_123 --checkpoint runs/model --json")
    {
        Aliases.Add(EarlierName);
        _saes = new SaeFolders(this, "SAE folders");
        Options.Add(_nullSaes);
        Options.Add(_nullCheckpoints);
        Options.Add(_allowEqual);
        this.RequireWith(_nullCheckpoints, _nullSaes);
        _site = new SiteArguments(this, "Folder of the transformer that the SAEs were trained on", required: true);
        Options.Add(_all);
        _figures = new FiguresOption(this);
    }

    public override int Run(CommandContext context)
    {
        if (context.Values.CommandResult.IdentifierToken.Value == EarlierName)
        {
            context.Output.Note($"husai: warning: '{EarlierName}' is now called '{Name}'; the next release removes the old name");
        }

        _figures.RequireReplaceable(context);
        var saes = Load(context, _saes.Read(context), new DistinctSaes(context.Get(_allowEqual)));
        var nulls = Load(context, context.Get(_nullSaes) ?? [], distinct: null);
        var place = _site.Open(context, saes.Select(sae => (sae.Name, sae.Saved.Provenance)))!;
        var placesOfNulls = PlacesOfNulls(context, place, nulls);
        CircuitDocument document;
        using (var progress = context.Output.Progress("circuit", saes.Length + nulls.Length + 1, unit: "bases"))
        {
            document = SaeArguments.Checked(() =>
            {
                var site = SiteArguments.Analyse(context, place);
                return Measure(
                    site, saes, nulls, index => placesOfNulls[index] is { } own ? SiteArguments.Analyse(context, own) : site, done =>
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    progress.Report(done);
                });
            });
        }

        _figures.Write(context, () => CommandFigures.Of(document.Verdict));
        context.Output.Result(document, console => CircuitTables.Write(console, document, context.Get(_all)));
        return ExitCode.Success;
    }

    private static (string Name, SavedSae Saved)[] Load(CommandContext context, string[] folders, DistinctSaes? distinct) =>
        [.. folders.Zip(SaeArguments.LoadAll(folders, distinct, context.Cancellation))];

    // The site of each null SAE in the model that it was trained on; null for the site of the others.
    private TransformerSite?[] PlacesOfNulls(CommandContext context, TransformerSite place, (string Name, SavedSae Saved)[] nulls)
    {
        var folders = context.Get(_nullCheckpoints) ?? [];
        if (folders.Length > 1 && folders.Length != nulls.Length)
        {
            throw new BadInputException(
                $"{folders.Length} null checkpoints for {nulls.Length} null SAEs: give one for each, or one for all");
        }

        var models = Array.ConvertAll(folders, SiteArguments.LoadCheckpoint);
        var request = _site.Request(context) with { Site = place.Site, Layer = place.Layer };
        return [.. nulls.Select((sae, index) =>
        {
            var model = models.Length == 0 ? place.Checkpoint : models[models.Length == 1 ? 0 : index];
            var own = request.In(model, [(sae.Name, sae.Saved.Provenance)]);
            return models.Length == 0 ? null : own;
        })];
    }

    private static CircuitDocument Measure(
        AnalysedSite site, (string Name, SavedSae Saved)[] saes, (string Name, SavedSae Saved)[] nulls, Func<int,
        AnalysedSite> siteOfNull, Action<int> progress)
    {
        var analyses = new List<SaeAnalysis>();
        foreach (var (name, saved) in saes)
        {
            analyses.Add(site.Measure(name, saved.Sae));
            progress(analyses.Count);
        }

        var baselines = site.MeasureBaselines(saes[0].Saved.Sae);
        progress(analyses.Count + 1);
        var nullSaes = new List<RecoveryReport>();
        foreach (var (index, (name, saved)) in nulls.Index())
        {
            var own = siteOfNull(index);
            nullSaes.Add(own.Measure(own.BasisOf(name, saved.Sae)));
            progress(analyses.Count + 1 + nullSaes.Count);
        }

        return CircuitDocument.Of(site, analyses, baselines, nullSaes);
    }
}
