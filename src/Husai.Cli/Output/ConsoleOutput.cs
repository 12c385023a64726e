using Husai.Formats.Text;
using Spectre.Console;

namespace Husai.Cli.Output;

/// <inheritdoc cref="IConsoleOutput"/>
internal sealed class ConsoleOutput : IConsoleOutput
{
    // Wide enough that no table wraps in a file.
    private const int RedirectedWidth = 400;

    private readonly FailsafeWriter _output;
    private readonly FailsafeWriter _error;
    private readonly StandardWriter? _standardOutput;
    private readonly StandardWriter? _standardError;

    /// <summary>Writes results and messages.</summary>
    /// <param name="output">For results.</param>
    /// <param name="error">For all else.</param>
    public ConsoleOutput(TextWriter output, TextWriter error)
    {
        (_output, _error) = (new FailsafeWriter(output), new FailsafeWriter(error));
        (_standardOutput, _standardError) = (output as StandardWriter, error as StandardWriter);
        (Output, Error) = (new PlainTextWriter(_output), new PlainTextWriter(_error));
    }

    /// <summary>Whether results are printed as JSON.</summary>
    public bool Json { get; set; }

    /// <summary>For text on standard output.</summary>
    public TextWriter Output { get; }

    /// <summary>For text on standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Why a result could not be printed; null if all were.</summary>
    public string? Failure => _output.Failure;

    public void Result<T>(T document, Action<IAnsiConsole> show)
    {
        if (Json)
        {
            Output.WriteLine(JsonDocuments.Serialize(document));
            return;
        }

        show(CreateConsole());
    }

    public void Note(string message) => Error.WriteLine(PrintableText.Line(message));

    public ProgressLine Progress(string activity, long total, long first = 0, string unit = "steps") =>
        new(_error, Columns(), TimeProvider.System, activity, total, first, unit);

    public StageProgressLine Stages() => new(_error, Columns(), TimeProvider.System);

    public JobProgress Jobs(string activity) => new(_error, Columns(), activity);

    private int Columns() => _standardError?.Columns() ?? 0;

    private IAnsiConsole CreateConsole()
    {
        var isTerminal = _standardOutput?.IsTerminal ?? false;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });

        // Attached first, it comes last.
        console.Pipeline.Attach(new PlainText());
        if (isTerminal)
        {
            console.Pipeline.Attach(new FittingTables());
        }

        console.Profile.Width = isTerminal ? Math.Max(StandardWriter.NarrowestLayout, _standardOutput!.Columns()) : RedirectedWidth;
        return console;
    }
}
