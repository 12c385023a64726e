using System.CommandLine;
using System.Globalization;

namespace Husai.Cli.Hosting;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    public const string ThreadsVariable = "HUSAI_THREADS";
    private const int MaximumThreads = 1024;

    public static Option<int?> Threads { get; } = CreateThreads();

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output and nothing else",
        Recursive = true,
    };

    public static Option<bool> Debug { get; } = new("--debug")
    {
        Description = "Show the stack trace of an error",
        Recursive = true,
    };

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Threads);
        root.Options.Add(Json);
        root.Options.Add(Debug);
    }

    /// <summary>Number of threads: the option, else HUSAI_THREADS, else one for each core.</summary>
    /// <exception cref="BadInputException">HUSAI_THREADS is not a number of threads.</exception>
    public static int ThreadCount(ParseResult values)
    {
        if (values.GetValue(Threads) is { } threads)
        {
            return threads;
        }

        var variable = Environment.GetEnvironmentVariable(ThreadsVariable);
        if (string.IsNullOrEmpty(variable))
        {
            return Environment.ProcessorCount;
        }

        return int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out threads)
            && threads is >= 1 and <= MaximumThreads
            ? threads
            : throw new BadInputException($"{ThreadsVariable} is '{variable}' where a number from 1 to {MaximumThreads} is needed");
    }

    private static Option<int?> CreateThreads()
    {
        var option = NumberOption.Create(
            "--threads", $"Number of threads; never changes a result [default: {ThreadsVariable}, else all cores]", 1, MaximumThreads);
        option.Recursive = true;
        return option;
    }
}
