using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Husai.Cli.Commands;
using Husai.Cli.Output;

namespace Husai.Cli.Hosting;

/// <summary>Parses a command line, runs its command and turns whatever happens into messages and an exit code.</summary>
internal sealed class CommandHost(TextWriter output, TextWriter error, Interruption interruption)
{
    private const string InterruptedMessage = "husai: interrupted";

    // Longer than any step between two looks at the token should take, and short enough for who waits.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMilliseconds(300);

    private readonly ConsoleOutput _console = new(output, error);

    public int Run(RootCommand root, IReadOnlyList<string> args)
    {
        var code = RunCommand(root, args);
        if (_console.Failure is not { } reason)
        {
            return code;
        }

        _console.Note($"husai: standard output cannot be written: {reason}; what the command saves is saved");
        return code is ExitCode.Success or ExitCode.CheckFailed ? ExitCode.Failure : code;
    }

    private int RunCommand(RootCommand root, IReadOnlyList<string> args)
    {
        ExamplesHelpAction.Install(root);
        var values = root.Parse(args);
        if (values.Action is ParseErrorAction)
        {
            return ReportParseErrors(values);
        }

        if (EmptyValue(values.CommandResult) is { } name)
        {
            _console.Note($"husai: {name} is empty; is a shell variable unset?");
            return ExitCode.BadInput;
        }

        try
        {
            if (values.Action is null && values.CommandResult.Command is HusaiCommand command)
            {
                return Run(command, values);
            }

            return values.Invoke(new InvocationConfiguration
            {
                Output = _console.Output,
                Error = _console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (interruption.ExitCode != 0)
        {
            _console.Note(InterruptedMessage);
            return interruption.ExitCode;
        }
        catch (Exception exception)
        {
            return ErrorReport.Write(exception, _console.Error, values.GetValue(GlobalOptions.Debug));
        }
    }

    private int Run(HusaiCommand command, ParseResult values)
    {
        _console.Json = values.GetValue(GlobalOptions.Json);
        using var context = new CommandContext(values, _console, interruption.Token, interruption);
        using var limit = command.SavesWhenInterrupted ? null : interruption.EndAfter(GracePeriod, code =>
        {
            // Reading a large file or decomposing a large matrix looks at no token, and nothing is lost with it.
            _console.Note(InterruptedMessage);
            Environment.Exit(code);
        });
        return command.Run(context);
    }

    private int ReportParseErrors(ParseResult values)
    {
        // A mistyped subcommand also counts as a missing one; the mistyped word is the one to tell of.
        foreach (var parseError in values.Errors.Skip(values.UnmatchedTokens.Count > 0 && IsGroup(values) ? 1 : 0))
        {
            _console.Note($"husai: {parseError.Message}{Suggestion.For(parseError, values)}");
        }

        _console.Note($"husai: see '{CommandPath.Of(values.CommandResult)} --help'");
        return ExitCode.BadInput;
    }

    // No option or argument means anything empty.
    private static string? EmptyValue(CommandResult command) =>
        command.Children.FirstOrDefault(child => child.Tokens.Any(token => token.Value.Length == 0)) switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult argument => argument.Argument.Name,
            _ => null,
        };

    private static bool IsGroup(ParseResult values) => values.CommandResult.Command is not HusaiCommand;
}
