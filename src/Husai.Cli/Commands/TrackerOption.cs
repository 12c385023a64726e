using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Experiments.Trackers;

namespace Husai.Cli.Commands;

/// <summary>The option that names trackers.</summary>
internal sealed class TrackerOption
{
    private readonly Option<string[]> _names = new("--tracker")
    {
        Description = "Also write the run for wandb (offline; 'wandb sync' uploads it), tensorboard or both: wandb,tensorboard",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        _names.CompletionSources.Add([.. TrackerChoice.Names]);
        _names.Validators.Add(result =>
        {
            foreach (var name in Split(result.Tokens.Select(token => token.Value)).Except(TrackerChoice.Names))
            {
                result.AddError($"there is no tracker '{name}'; --tracker takes {string.Join(", ", TrackerChoice.Names)}");
            }
        });
        command.Options.Add(_names);
    }

    /// <summary>The trackers asked for on the command line and in the configuration.</summary>
    public IReadOnlyList<string> Names(CommandContext context, IReadOnlyList<string> configured) =>
        [.. Split(context.Get(_names) ?? []).Concat(configured).Distinct()];

    private static IEnumerable<string> Split(IEnumerable<string> values) =>
        values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).Distinct();

    /// <summary>Takes a tracker's warning.</summary>
    public static Action<string> Warn(CommandContext context) => message => context.Output.Note($"husai: warning: {message}");
}
