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
        Description = "SAE folders to hold beside them, such as SAEs trained on a random-weight model",
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
        _site = new SiteArguments(this, "The model that the SAEs describe", required: true);
    }

    public override int Run(CommandContext context)
    {
        var checkpoint = _site.Load(context)!;
        var saes = context.Get(_saes).Select(folder => (Name: folder, SaeArguments.Load(folder).Autoencoder)).ToArray();
        var nulls = (context.Get(_nullSaes) ?? []).Select(folder => (Name: folder, SaeArguments.Load(folder).Autoencoder)).ToArray();
        FourierDocument document;
        using (var progress = context.Output.Progress("fourier", saes.Length + nulls.Length + 1, unit: "bases"))
        {
            document = SaeArguments.Checked(() =>
            {
                var site = new AnalysedSite(
                    checkpoint.Model, _site.Site(context), _site.Layer(context, checkpoint.Model), checkpoint.Split, workers: context.Workers);
                return Measure(site, saes, nulls, done =>
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    progress.Report(done);
                });
            });
        }

        context.Output.Result(document, console => FourierTables.Write(console, document));
        return ExitCode.Success;
    }

    private static FourierDocument Measure(
        AnalysedSite site, (string Name, Autoencoder Autoencoder)[] saes, (string Name, Autoencoder Autoencoder)[] nulls, Action<int> progress)
    {
        var analyses = new List<SaeAnalysis>();
        foreach (var (name, autoencoder) in saes)
        {
            analyses.Add(site.Measure(name, autoencoder));
            progress(analyses.Count);
        }

        var baselines = site.MeasureBaselines(saes[0].Autoencoder).ToList();
        foreach (var (name, autoencoder) in nulls)
        {
            baselines.Add(site.Measure(site.BasisOf(name, autoencoder)));
            progress(analyses.Count + baselines.Count);
        }

        return FourierDocument.Of(site, analyses, baselines);
    }
}
