using System.CommandLine;
using Husai.Analysis;
using Husai.Cli.Hosting;
using Husai.Numerics;
using Husai.Transformers;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The options that name a model and a site of it.</summary>
internal sealed class SiteArguments
{
    private readonly Option<string?> _checkpoint;

    private readonly Option<int?> _layer = NumberOption.Create("--layer", "Layer of the site [default: the last]", 0, 1000);

    private readonly Option<string> _site = new("--site")
    {
        Description = "Where the activations were read",
        DefaultValueFactory = _ => ActivationSite.ResidPost.NameOf(),
    };

    public SiteArguments(Command command, string description, bool required)
    {
        _checkpoint = new Option<string?>("--transformer-checkpoint") { Description = description, HelpName = "DIR", Required = required };
        _site.AcceptOnlyFromAmong([.. ActivationSites.Names]);
        command.Options.Add(_checkpoint);
        command.Options.Add(_layer);
        command.Options.Add(_site);
    }

    /// <summary>The model, or null when none was named.</summary>
    public TransformerCheckpoint? Load(CommandContext context)
    {
        return context.Get(_checkpoint) is { } folder ? LoadCheckpoint(folder) : null;
    }

    public static TransformerCheckpoint LoadCheckpoint(string folder) => Directory.Exists(folder)
        ? TransformerCheckpoint.Load(folder)
        : throw new BadInputException($"{folder}: no such folder; a checkpoint is a folder with config.json and model.safetensors");

    public ActivationSite Site(CommandContext context) => ActivationSites.Parse(context.Get(_site));

    public int Layer(CommandContext context, Husai.Transformers.Transformer model) => context.Get(_layer) ?? model.Options.Layers - 1;

    /// <summary>The named site with its ground truth, or null when no model was named or its modulus is even, for which the waves are others.</summary>
    public AnalysedSite? Analysed(CommandContext context) => Load(context) is { } checkpoint && checkpoint.Model.Task.Modulus % 2 == 1
        ? SaeArguments.Checked(() => new AnalysedSite(
            checkpoint.Model, Site(context), Layer(context, checkpoint.Model), checkpoint.Split, workers: context.Workers))
        : null;

    /// <summary>Covariance of the named site's activations, or null when no model was named.</summary>
    public Covariance? Covariance(CommandContext context) => Load(context) is not { } checkpoint
        ? null
        : SaeArguments.Checked(() => Husai.Analysis.Covariance.Of(
            checkpoint.Model.Activations(Site(context), Layer(context, checkpoint.Model), workers: context.Workers), context.Workers));
}
