using System.CommandLine;
using System.Globalization;
using Husai.Analysis.Functional;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Formats.Files;
using Husai.Reporting.Figures;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai agreement</c>: do matched latents of several seeds do the same?</summary>
internal sealed class AgreementCommand : HusaiCommand
{
    private readonly SaeFolders _saes;
    private readonly Option<bool> _allowEqual = SaeArguments.AllowEqual();
    private readonly ActivationArguments _activations;

    private readonly Option<IReadOnlyList<FunctionMatcher>?> _matchers = EnumOption.CreateList<FunctionMatcher>(
        "--matcher", "How to pair latents, repeatable or by commas",
        $"all; where more than {FunctionOptions.MostWholeLatents} latents fire nearest_decoder, mutual_decoder and nearest_activation, and "
        + "hungarian_decoder if it is named");

    private readonly Option<double?> _factor = NumberOption.Create(
        "--rate-factor", "Largest factor between the firing rates of a match and of its hard negative [default: 1.5]", 1.0, 1000.0);

    private readonly Option<string?> _figure = new("--figure")
    {
        Description = "SVG file to write: quality over coverage, matches beside hard negatives",
        HelpName = "FILE",
    };

    public AgreementCommand()
        : base(
            "agreement",
            "Measure whether matched latents of several SAEs do the same, beside latents that only look alike",
            "husai agreement runs/saes/seed_42 runs/saes/seed_123 runs/saes/seed_456 --checkpoint runs/model",
            "husai agreement runs/saes/* --activations activations.npy --figure agreement.svg --json")
    {
        _saes = new SaeFolders(this, "SAE folders, at least two");
        Options.Add(_allowEqual);
        _activations = new ActivationArguments(
            this, "Folder of the transformer that the SAEs were trained on; where its unembedding alone reads the site, effects on the "
            + "logits are compared too");
        Options.Add(_matchers);
        Options.Add(_factor);
        Options.Add(_figure);
        _activations.Require(this);
    }

    public override int Run(CommandContext context)
    {
        var folders = _saes.Read(context);
        if (folders.Length < 2)
        {
            throw new BadInputException("one SAE has none to agree with: give at least two folders");
        }

        var figure = context.Get(_figure);
        if (!string.IsNullOrEmpty(figure))
        {
            OutputFile.RequireReplaceable(figure, "a figure of agreement", AgreementFigure.IsOne);
        }

        var saved = SaeArguments.LoadAll(folders, new DistinctSaes(context.Get(_allowEqual)), context.Cancellation);
        var options = new FunctionOptions();
        options = options with { Matchers = context.Get(_matchers), FiringRateFactor = context.Get(_factor) ?? options.FiringRateFactor };
        using var progress = context.Output.Stages();
        using var activations = _activations.Open(context, folders, progress)!;
        var latents = saved.Select(sae => sae.Sae.Latents).ToArray();
        var (rows, width) = (Math.Min(options.MostRows, activations.Rows.Rows), activations.Rows.Width);
        context.Output.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"comparing {folders.Length} SAEs on {rows} rows: about {FunctionalAgreement.Flops(latents, rows, width) / 1e9:0.#} GFlop and "
            + $"{FunctionalAgreement.Bytes(latents, rows, width) / (1 << 20):0} MiB"));
        var report = SaeArguments.Checked(() => FunctionalAgreement.Of(
            [.. folders.Zip(saved, (folder, sae) => (folder, sae.Sae))], activations.Rows, activations.Site?.Unembedding, options,
            context.Workers, progress.Report, context.Cancellation));
        progress.Dispose();
        if (report.Firing.Max() > FunctionOptions.MostWholeLatents && options.Matchers is null)
        {
            context.Output.Note(
                $"more than {FunctionOptions.MostWholeLatents} latents fire: the other matchers are not measured, hungarian_decoder only "
                + "if --matcher names it");
        }

        if (report.Matchers[0].Effects is null)
        {
            context.Output.Note("effects on the logits are not measured: they need a transformer whose unembedding alone reads the site");
        }

        if (!string.IsNullOrEmpty(figure))
        {
            AtomicFile.WriteText(figure, AgreementFigure.Create(report).Svg);
        }

        context.Output.Result(report, console => FunctionTables.Write(console, report));
        return ExitCode.Success;
    }
}
