using System.CommandLine;
using Husai.Analysis;
using Husai.Autoencoders;
using Husai.Cli.Hosting;
using Husai.Transformers;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai fourier</c>: do SAEs recover the circuit that the model is known to have?</summary>
internal sealed class FourierCommand : HusaiCommand
{
    private readonly Option<string[]> _saes = new("--sae")
    {
        Description = "SAE folders",
        HelpName = "DIR",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _nullSaes = new("--null-sae")
    {
        Description = "SAE folders to hold beside them, such as SAEs trained on a model with random weights or on one that has only memorised",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _nullCheckpoints = new("--null-checkpoint")
    {
        Description = "Models that the null SAEs were trained on, in their order, or one for all: each is run on its own model's activations and held against that model's planes [default: the model itself]",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly SiteArguments _site;

    public FourierCommand()
        : base(
            "fourier",
            "Hold SAEs against the known Fourier circuit of the model, beside nulls and simpler bases",
            "husai fourier --sae saes/seed42 saes/seed123 --transformer-checkpoint model --site resid_post --json")
    {
        Options.Add(_saes);
        Options.Add(_nullSaes);
        Options.Add(_nullCheckpoints);
        _site = new SiteArguments(this, "The model that the SAEs describe", required: true);
    }

    public override int Run(CommandContext context)
    {
        var checkpoint = _site.Load(context)!;
        var saes = context.Get(_saes).Select(folder => (Name: folder, SaeArguments.Load(folder).Autoencoder)).ToArray();
        var nulls = (context.Get(_nullSaes) ?? []).Select(folder => (Name: folder, SaeArguments.Load(folder).Autoencoder)).ToArray();
        var nullModels = LoadNullModels(context, nulls.Length);
        FourierDocument document;
        using (var progress = context.Output.Progress("fourier", saes.Length + nulls.Length + 1, unit: "bases"))
        {
            document = SaeArguments.Checked(() =>
            {
                var site = SiteOf(context, checkpoint);
                return Measure(site, saes, nulls, index => nullModels.Length == 0 ? site : SiteOf(context, nullModels[nullModels.Length == 1 ? 0 : index]), done =>
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    progress.Report(done);
                });
            });
        }

        context.Output.Result(document, console => FourierTables.Write(console, document));
        return ExitCode.Success;
    }

    private TransformerCheckpoint[] LoadNullModels(CommandContext context, int nulls)
    {
        var folders = context.Get(_nullCheckpoints) ?? [];
        return folders.Length is 0 or 1 || folders.Length == nulls
            ? Array.ConvertAll(folders, SiteArguments.LoadCheckpoint)
            : throw new BadInputException($"{folders.Length} null checkpoints for {nulls} null SAEs: give one for each, or one for all");
    }

    private AnalysedSite SiteOf(CommandContext context, TransformerCheckpoint checkpoint) =>
        new(checkpoint.Model, _site.Site(context), _site.Layer(context, checkpoint.Model), checkpoint.Split, workers: context.Workers);

    private static FourierDocument Measure(
        AnalysedSite site, (string Name, Autoencoder Autoencoder)[] saes, (string Name, Autoencoder Autoencoder)[] nulls, Func<int, AnalysedSite> siteOfNull, Action<int> progress)
    {
        var analyses = new List<SaeAnalysis>();
        foreach (var (name, autoencoder) in saes)
        {
            analyses.Add(site.Measure(name, autoencoder));
            progress(analyses.Count);
        }

        var baselines = site.MeasureBaselines(saes[0].Autoencoder);
        progress(analyses.Count + 1);
        var nullSaes = new List<RecoveryReport>();
        foreach (var (index, (name, autoencoder)) in nulls.Index())
        {
            var own = siteOfNull(index);
            nullSaes.Add(own.Measure(own.BasisOf(name, autoencoder)));
            progress(analyses.Count + 1 + nullSaes.Count);
        }

        return FourierDocument.Of(site, analyses, baselines, nullSaes);
    }
}
