using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Husai.Cli.Commands;
using Husai.Cli.Output;

namespace Husai.Cli.Hosting;

/// <summary>Parses a command line, runs its command and turns whatever happens into messages and an exit code.</summary>
internal sealed class CommandHost(TextWriter output, TextWriter error, Interruption interruption)
{
    public int Run(RootCommand root, IReadOnlyList<string> args)
    {
        ExamplesHelpAction.Install(root);
        var values = root.Parse(args);
        if (values.Action is ParseErrorAction)
        {
            return ReportParseErrors(values);
        }

        if (EmptyValue(values.CommandResult) is { } name)
        {
            error.WriteLine($"husai: {name} is empty, as a variable of the shell that is not set would make it");
            return ExitCode.BadInput;
        }

        try
        {
            if (values.Action is null && values.CommandResult.Command is HusaiCommand command)
            {
                using var context = new CommandContext(
                    values, new ConsoleOutput(output, error, values.GetValue(GlobalOptions.Json)), interruption.Token);
                return command.Run(context);
            }

            return values.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (interruption.ExitCode != 0)
        {
            error.WriteLine("husai: interrupted");
            return interruption.ExitCode;
        }
        catch (Exception exception)
        {
            return ErrorReport.Write(exception, error, values.GetValue(GlobalOptions.Debug));
        }
    }

    private int ReportParseErrors(ParseResult values)
    {
        // A mistyped subcommand also counts as a missing one; the mistyped word is the one to tell of.
        foreach (var parseError in values.Errors.Skip(values.UnmatchedTokens.Count > 0 && IsGroup(values) ? 1 : 0))
        {
            error.WriteLine($"husai: {parseError.Message}{Suggestion.For(parseError, values)}");
        }

        error.WriteLine($"husai: see '{CommandPath.Of(values.CommandResult)} --help'");
        return ExitCode.BadInput;
    }

    // No option or argument means anything empty.
    private static string? EmptyValue(CommandResult command) => command.Children.FirstOrDefault(child => child.Tokens.Any(token => token.Value.Length == 0)) switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => null,
    };

    private static bool IsGroup(ParseResult values) => values.CommandResult.Command is not HusaiCommand;
}
