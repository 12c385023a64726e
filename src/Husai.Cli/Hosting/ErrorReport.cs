using System.Reflection;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Configuration;
using Husai.Formats.Files;
using Husai.Formats.Text;

namespace Husai.Cli.Hosting;

/// <summary>Turns an exception into lines on standard error and an exit code.</summary>
internal static class ErrorReport
{
    public static int Write(Exception exception, TextWriter error, bool debug)
    {
        if (exception is TargetInvocationException or AggregateException && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        var isBadInput = IsBadInput(exception);
        foreach (var line in MessageOf(exception).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            error.WriteLine($"husai: {PrintableText.Line(line)}{(isBadInput || debug ? "" : " (--debug shows the stack trace)")}");
            if (!isBadInput)
            {
                break;
            }
        }

        if (debug)
        {
            error.WriteLine(exception);
        }

        return ExitCodeOf(exception);
    }

    /// <summary>What the program returns after an exception.</summary>
    public static int ExitCodeOf(Exception exception) => IsBadInput(exception) ? ExitCode.BadInput : ExitCode.Failure;

    // What the user can mend: the rest of what can go wrong is a failure of the run or of the program.
    private static bool IsBadInput(Exception exception) =>
        exception is BadInputException or ConfigurationException or InvalidFileException or LauncherException
            or NonFiniteActivationsException
            or FileNotFoundException or DirectoryNotFoundException or PathTooLongException or UnauthorizedAccessException;

    private static string MessageOf(Exception exception) => exception is OutOfMemoryException
        ? "there is not enough memory for this"
        : DiskSpace.IsFull(exception) ? $"the disk is full ({exception.Message}); free space, then run the command again"
        : exception.Message;
}
