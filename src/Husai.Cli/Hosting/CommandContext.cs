using System.CommandLine;
using Husai.Cli.Output;
using Husai.Numerics.Parallelism;

namespace Husai.Cli.Hosting;

/// <summary>What a command has to work with while it runs.</summary>
internal sealed class CommandContext(
    ParseResult values, IConsoleOutput output, CancellationToken cancellation, Interruption? interruption = null) : IDisposable
{
    private Workers? _workers;

    /// <summary>The parsed command line.</summary>
    public ParseResult Values { get; } = values;

    public IConsoleOutput Output { get; } = output;

    /// <summary>Set by Ctrl-C, SIGTERM, SIGHUP and SIGUSR1.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The signals; null where the command is not run by the program.</summary>
    public Interruption? Interruption { get; } = interruption;

    /// <summary>Threads to compute with, started at first use; after a signal they begin nothing more.</summary>
    public Workers Workers => TrainingWorkers.Until(Cancellation);

    /// <summary>The same threads for trainings, which look at <see cref="Cancellation"/> themselves, between two steps.</summary>
    public Workers TrainingWorkers => _workers ??= new Workers(GlobalOptions.ThreadCount(Values));

    /// <summary>Value of an option, or its default.</summary>
    public T Get<T>(Option<T> option) => Values.GetValue(option)!;

    /// <summary>Value of an argument, or its default.</summary>
    public T Get<T>(Argument<T> argument) => Values.GetValue(argument)!;

    public void Dispose() => _workers?.Dispose();
}
