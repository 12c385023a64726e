using System.CommandLine;
using Husai.Analysis;
using Husai.Autoencoders;
using Husai.Cli.Hosting;
using Husai.Cli.Output;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai stability</c>: do SAEs from several seeds agree, beyond chance?</summary>
internal sealed class StabilityCommand : HusaiCommand
{
    private readonly Argument<string[]> _saes = new("sae") { Description = "SAE folders, at least two", HelpName = "DIR", Arity = ArgumentArity.OneOrMore };
    private readonly SimilarityArguments _similarity;
    private readonly SiteArguments _site;
    private readonly Option<bool> _allowEqual = SaeArguments.AllowEqual();

    public StabilityCommand()
        : base(
            "stability",
            "Measure how far SAEs from several seeds agree, beside what chance gives",
            "husai stability saes/seed42 saes/seed123 saes/seed456",
            "husai stability saes/* --matcher hungarian --similarity signed --transformer-checkpoint model --json")
    {
        Arguments.Add(_saes);
        Options.Add(_allowEqual);
        _similarity = new SimilarityArguments(this);
        _site = new SiteArguments(this, "Model that the SAEs describe: its activations give the covariance-matched chance level, and what goes with stability is measured on it [default: the SAEs' own decoders give the level]", required: false);
    }

    public override int Run(CommandContext context)
    {
        var folders = context.Get(_saes);
        var options = _similarity.Read(context);
        var dictionaries = SaeArguments.LoadDictionaries(
            folders, options.ReadsEncoders, new DistinctAutoencoders(context.Get(_allowEqual)), context.Cancellation);
        var place = _site.Open(context, SaeArguments.Provenances(folders));
        var site = SiteArguments.Analysed(context, place);
        var covariance = site?.Truth.Covariance ?? SiteArguments.CovarianceOf(context, place);
        var atSite = site is null ? null : Measure(context, site, folders, options);
        StabilityReport report;
        using (var progress = context.Output.Progress("stability", folders.Length * (folders.Length - 1) / 2, unit: "pairs"))
        {
            report = SaeArguments.Checked(() => SetStability.Measure(dictionaries, options, covariance, context.Workers, pairs =>
            {
                context.Cancellation.ThrowIfCancellationRequested();
                progress.Report(pairs);
            }, atSite, context.Cancellation));
        }

        foreach (var warning in report.Warnings)
        {
            context.Output.Note(warning);
        }

        context.Output.Result(report, console => StabilityTables.Write(console, report));
        return ExitCode.Success;
    }

    private static SetAtSite Measure(CommandContext context, AnalysedSite site, string[] folders, StabilityOptions options)
    {
        var saes = folders.Select(folder => (Name: folder, SaeArguments.Load(folder).Autoencoder)).ToArray();
        using var progress = context.Output.Progress("activations", saes.Length, unit: "SAEs");
        return SaeArguments.Checked(() => SetAtSite.Of(site, saes, options, context.Workers, done =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            progress.Report(done);
        }));
    }
}
