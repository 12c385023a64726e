using System.CommandLine;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands;

/// <summary>
/// A command of the program. A class declares its options and arguments as fields, adds them and their validators in its
/// constructor, and reads the parsed values from the context when it runs.
/// </summary>
internal abstract class HusaiCommand : Command
{
    protected HusaiCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines shown under <c>Examples:</c> in the help, each complete.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether the command has something to save after a signal; all others end at once.</summary>
    public virtual bool SavesWhenInterrupted => false;

    /// <summary>Does the work on the calling thread.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="OperationCanceledException">The user interrupted the command before it was done.</exception>
    public abstract int Run(CommandContext context);
}
