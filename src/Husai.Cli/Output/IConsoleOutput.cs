using Spectre.Console;

namespace Husai.Cli.Output;

/// <summary>Where a command puts what it has to say: results on standard output, all else on standard error.</summary>
internal interface IConsoleOutput
{
    /// <summary>
    /// Prints the result of a command: <paramref name="document"/> as JSON if the user asked for that, else what
    /// <paramref name="show"/> writes. Call it once.
    /// </summary>
    /// <param name="document">A record or other object, serialised by <see cref="JsonDocuments"/>.</param>
    /// <param name="show">Writes the result for people.</param>
    void Result<T>(T document, Action<IAnsiConsole> show);

    /// <summary>Prints a remark for people on standard error.</summary>
    void Note(string message);

    /// <summary>Starts a progress line on standard error; dispose it when the work is done.</summary>
    /// <param name="activity">What is being done, such as "training".</param>
    /// <param name="total">Number of steps, or 0 if it is not known.</param>
    /// <param name="first">Steps done already, as when a run is resumed.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    ProgressLine Progress(string activity, long total, long first = 0, string unit = "steps");

    /// <summary>
    /// Starts the progress of work in stages, each under its own name, on standard error; dispose it when the work is done.
    /// </summary>
    StageProgressLine Stages();

    /// <summary>Starts the progress of many jobs on standard error; dispose it when they are done.</summary>
    /// <param name="activity">What is being done, such as "study quickstart".</param>
    JobProgress Jobs(string activity);
}
