using System.CommandLine;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Formats.Files;
using Husai.Reporting.Figures;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai stability</c>: do SAEs from several seeds agree, beyond chance?</summary>
internal sealed class StabilityCommand : HusaiCommand
{
    private readonly SaeFolders _saes;
    private readonly SimilarityArguments _similarity;
    private readonly Option<bool> _allowEqual = SaeArguments.AllowEqual();
    private readonly ActivationArguments _activations;

    private readonly Option<bool> _correlation = new("--activation-correlation")
    {
        Description = "Measure the correlation of activations even if it takes long",
    };

    private readonly FiguresOption _figures;

    private readonly Option<string?> _perLatent = new("--per-latent")
    {
        Description = "CSV file to write, one line for each latent: nearest latent in every other SAE, cosine, firing frequency, stability",
        HelpName = "FILE",
    };

    public StabilityCommand()
        : base(
            "stability",
            "Measure how far SAEs of several seeds agree, and compare that with chance levels",
            "husai stability runs/saes/seed_42 runs/saes/seed_123 runs/saes/seed_456",
            "husai stability runs/saes/* --matcher hungarian --cosine signed --checkpoint runs/model --json",
            "husai stability runs/saes/* --activations activations.npy --per-latent latents.csv")
    {
        _saes = new SaeFolders(this, "SAE folders, at least two");
        Options.Add(_allowEqual);
        _similarity = new SimilarityArguments(this);
        _activations = new ActivationArguments(
            this,
            "Folder of the transformer that the SAEs were trained on; its activations then give the turned chance level, "
            + "and the properties that stability goes with are measured");
        Options.Add(_correlation);
        Options.Add(_perLatent);
        _figures = new FiguresOption(this);
    }

    public override int Run(CommandContext context)
    {
        var folders = _saes.Read(context);
        _figures.RequireReplaceable(context);
        var perLatent = context.Get(_perLatent);
        if (!string.IsNullOrEmpty(perLatent))
        {
            OutputFile.RequireReplaceable(perLatent, "a table of latents", PerLatentFile.IsOne);
        }

        var options = _similarity.Read(context);
        var dictionaries = SaeArguments.LoadDictionaries(
            folders, options.ReadsEncoders, new DistinctSaes(context.Get(_allowEqual)), context.Cancellation);
        using var progress = context.Output.Stages();
        using var activations = _activations.Open(context, folders, progress);
        var atSite = activations?.Measure(context, folders, options, context.Get(_correlation), progress);
        dictionaries = atSite?.WithFrequencies(dictionaries) ?? dictionaries;
        var report = SaeArguments.Checked(() => SeedStability.Of(
            dictionaries, options, activations?.Covariance, atSite, context.Workers, progress.Report, context.Cancellation));
        progress.Dispose();
        if (atSite is { Activations: null })
        {
            context.Output.Note($"the correlation of activations is not measured, because it takes long here; {_correlation.Name} "
                + "measures it");
        }

        foreach (var warning in report.Warnings)
        {
            context.Output.Note(warning);
        }

        if (perLatent is not null)
        {
            PerLatentFile.Write(perLatent, report.Saes, report.PerLatent);
        }

        _figures.Write(context, () => CommandFigures.Of(report));
        context.Output.Result(report, console => StabilityTables.Write(console, report));
        return ExitCode.Success;
    }
}
