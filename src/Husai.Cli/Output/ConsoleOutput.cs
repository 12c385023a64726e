using Spectre.Console;

namespace Husai.Cli.Output;

/// <inheritdoc cref="IConsoleOutput"/>
internal sealed class ConsoleOutput(TextWriter output, TextWriter error, bool json) : IConsoleOutput
{
    // Wide enough that no table wraps in a file.
    private const int RedirectedWidth = 400;

    public void Result<T>(T document, Action<IAnsiConsole> show)
    {
        if (json)
        {
            output.WriteLine(JsonDocuments.Serialize(document));
            return;
        }

        show(CreateConsole());
    }

    public void Note(string message) => error.WriteLine(message);

    public ProgressLine Progress(string activity, long total, long first = 0, string unit = "steps") =>
        new(error, TerminalWidth(), TimeProvider.System, activity, total, first, unit);

    public JobProgress Jobs(string activity) => new(error, TerminalWidth(), activity);

    private int TerminalWidth() => ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? Console.WindowWidth : 0;

    private IAnsiConsole CreateConsole()
    {
        var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (isTerminal)
        {
            console.Pipeline.Attach(new FittingTables());
        }
        else
        {
            console.Profile.Width = RedirectedWidth;
        }


        return console;
    }
}
