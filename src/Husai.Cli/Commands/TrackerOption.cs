using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Experiments;

namespace Husai.Cli.Commands;

/// <summary>The option that names trackers.</summary>
internal sealed class TrackerOption
{
    private readonly Option<string[]> _names = new("--tracker")
    {
        Description = "Keep the run for wandb (offline; 'wandb sync' uploads it) or tensorboard too; may be given twice",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        _ = _names.AcceptOnlyFromAmong([.. TrackerChoice.Names]);
        command.Options.Add(_names);
    }

    /// <summary>The trackers asked for on the command line and in the configuration.</summary>
    public IReadOnlyList<string> Names(CommandContext context, IReadOnlyList<string> configured) =>
        [.. (context.Get(_names) ?? []).Concat(configured).Distinct()];

    /// <summary>Takes a tracker's warning.</summary>
    public static Action<string> Warn(CommandContext context) => message => context.Output.Note($"husai: warning: {message}");
}
