using System.CommandLine;
using System.Globalization;
using Husai.Analysis.Geometry;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Activations;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Saes;

namespace Husai.Cli.Commands.Analysis;

/// <summary>
/// The options that say which activations SAEs describe: a model and a site of it, or a file of any network's activations.
/// </summary>
internal sealed class ActivationArguments
{
    private readonly SiteArguments _site;

    private readonly Option<string?> _file = new("--activations")
    {
        Description = "Activations that the SAEs were trained on: a store, or a file of [rows, width] floats: .npy or .safetensors (may be "
            + "larger than memory), .npz or .pt",
        HelpName = "PATH",
    };

    private readonly Option<int?> _rows = NumberOption.Create(
        "--activation-rows",
        "Largest number of rows to use; a random sample of larger files [default: "
            + $"{ActivationRows.UsualRows.ToString(CultureInfo.InvariantCulture)}]", 2, int.MaxValue);

    public ActivationArguments(Command command, string siteDescription)
    {
        _site = new SiteArguments(command, siteDescription, required: false);
        command.Options.Add(_file);
        command.Options.Add(_rows);
        command.Validators.Add(result =>
        {
            if (result.Has(_file) && result.Has(_site.Checkpoint))
            {
                result.AddError($"give either {_site.Checkpoint.Name} {_site.Checkpoint.HelpName} or {_file.Name} {_file.HelpName}");
            }

            if (result.Has(_rows) && !result.Has(_file) && !result.Has(_site.Checkpoint))
            {
                result.AddError(
                    $"{_rows.Name} needs activations: give {_site.Checkpoint.Name} {_site.Checkpoint.HelpName} "
                    + $"or {_file.Name} {_file.HelpName} too");
            }
        });
    }

    /// <summary>Refuses a command line without activations.</summary>
    public void Require(Command command) => command.Validators.Add(result =>
    {
        if (!result.Has(_file) && !result.Has(_site.Checkpoint))
        {
            result.AddError(
                $"functions are compared on activations: give {_site.Checkpoint.Name} {_site.Checkpoint.HelpName} or {_file.Name} "
                + $"{_file.HelpName}");
        }
    });

    /// <summary>Opens the activations, and computes their covariance; null when none were given.</summary>
    /// <param name="context">The command line, threads and cancellation.</param>
    /// <param name="folders">The SAEs: they may say themselves which site they belong to.</param>
    /// <param name="progress">Where progress goes.</param>
    public DescribedActivations? Open(CommandContext context, IReadOnlyList<string> folders, StageProgressLine progress)
    {
        if (context.Get(_file) is { } path)
        {
            var file = ActivationSources.Open(path);
            try
            {
                var chosen = SaeArguments.Checked(() => Choose(context, path, file));
                return new DescribedActivations(chosen, CovarianceOf(context, chosen, progress), site: null, file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        if (_site.Open(context, SaeArguments.Provenances(folders)) is not { } place)
        {
            return null;
        }

        var site = SiteArguments.Analysed(context, place);
        var activations = site?.Activations ?? place.Activations(context.Workers);
        var rows = Choose(context, place.Checkpoint.Directory, new MatrixActivations(activations));
        var covariance = rows.Rows < rows.Available ? CovarianceOf(context, rows, progress)
            : site?.Circuit.Covariance ?? SaeArguments.Checked(() => Covariance.Of(activations, context.Workers));
        return new DescribedActivations(rows, covariance, site, file: null);
    }

    private static Covariance CovarianceOf(CommandContext context, ActivationRows rows, StageProgressLine progress) =>
        rows.Covariance(context.Workers, progress.Report, context.Cancellation);

    private ActivationRows Choose(CommandContext context, string name, IActivationSource source)
    {
        var rows = new ActivationRows(source, context.Get(_rows) ?? ActivationRows.UsualRows);
        if (rows.Rows < rows.Available)
        {
            context.Output.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} has {rows.Available} rows; {rows.Rows} of them at random are used ({_rows.Name} takes more)"));
        }

        return rows;
    }
}
