using System.CommandLine;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Activations;
using Husai.Cli.Hosting;
using Husai.Experiments.Saes;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Tasks;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The options that name a model and a site of it.</summary>
internal sealed class SiteArguments
{
    private readonly Option<string?> _checkpoint;

    private readonly Option<int?> _layer;

    private readonly Option<string?> _site;

    private readonly Option<bool>? _allowOtherModel;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="description">What the model is for.</param>
    /// <param name="required">Whether a model must be named.</param>
    /// <param name="readsSaes">Whether SAEs are given that may say themselves where they belong.</param>
    public SiteArguments(Command command, string description, bool required, bool readsSaes = true)
    {
        var own = readsSaes ? "from the SAEs, else " : "";
        _checkpoint = CheckpointOption.Create(description, required);
        _layer = NumberOption.Create("--layer", $"Layer of the site, counted from 0 [default: {own}the last]", 0, 1000);
        _site = new Option<string?>("--site")
        {
            Description = $"Site that the activations are read at [default: {own}{SiteRequest.DefaultSite.NameOf()}]",
            HelpName = "SITE",
        };
        _site.AcceptOnly([.. ActivationSites.Names]);
        command.Options.Add(_checkpoint);
        command.Options.Add(_layer);
        command.Options.Add(_site);
        if (readsSaes)
        {
            _allowOtherModel = new Option<bool>("--allow-other-model")
            {
                Description = "Accept a transformer with other weights than the SAEs were trained on",
            };
            command.Options.Add(_allowOtherModel);
        }

        RequireModel(command);
    }

    /// <summary>The option that names the model.</summary>
    public Option<string?> Checkpoint => _checkpoint;

    /// <summary>Refuses --site and --layer where no model is named: there they would say nothing.</summary>
    private void RequireModel(Command command) => command.Validators.Add(result =>
    {
        foreach (
            var option in ((Option?[])[_site, _layer, _allowOtherModel]).OfType<Option>()
                .Where(option => result.Has(option) && !result.Has(_checkpoint)))
        {
            result.AddError($"{option.Name} needs a transformer: give {_checkpoint.Name} {_checkpoint.HelpName} too");
        }
    });

    /// <summary>The model, or null when none was named.</summary>
    public TransformerCheckpoint? Load(CommandContext context) => context.Get(_checkpoint) is { } folder ? LoadCheckpoint(folder) : null;

    public static TransformerCheckpoint LoadCheckpoint(string folder) => Directory.Exists(folder)
        ? TransformerCheckpoint.Load(folder)
        : throw new BadInputException($"{folder}: no such folder; a checkpoint is a folder with config.json and model.safetensors");

    /// <summary>What the options ask for.</summary>
    public SiteRequest Request(CommandContext context) => new(
        context.Get(_site) is { } name ? ActivationSites.Parse(name) : null, context.Get(_layer),
        _allowOtherModel is not null && context.Get(_allowOtherModel));

    /// <summary>The site of SAEs in the named model, or null when no model was named.</summary>
    public TransformerSite? Open(CommandContext context, IEnumerable<(string Name, Provenance Provenance)> saes) =>
        Load(context) is { } checkpoint ? Request(context).In(checkpoint, saes, context.Output.Note) : null;

    /// <summary>A site with its circuit, or null when the modulus is even, for which the waves are others.</summary>
    public static AnalysedSite? Analysed(CommandContext context, TransformerSite site) =>
        CircuitModulus.Problem(site.Checkpoint.Task.Modulus) is null ? SaeArguments.Checked(() => Analyse(context, site)) : null;

    /// <summary>A site with its circuit.</summary>
    public static AnalysedSite Analyse(CommandContext context, TransformerSite site) =>
        CircuitModulus.Problem(site.Checkpoint.Task.Modulus) is { } problem
        ? throw new BadInputException($"{site.Checkpoint.Directory}: {problem}")
        : new(site.Checkpoint.Model, site.Site, site.Layer, site.Checkpoint.Split, workers: context.Workers);
}
