using System.CommandLine;
using System.Text.Json;
using Husai.Cli.Commands;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Formats.Text;
using Spectre.Console;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>Whoever names a file, or fills it, may not steer the terminal of who reads it.</summary>
public sealed class ControlCharacterTests : IDisposable
{
    // Sets the title of a terminal, in seven and in eight bits; clears it; hides what follows; turns the line round.
    private const string Evil = "e\u001b]0;pwned\u0007\u009d0;pwned\u009c\u001b[2J\u001b[8m\u202evil\rover";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-evil-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly Interruption _interruption = new();

    public static TheoryData<string> Commands => [.. Leaves(RootCommandFactory.Create(), []).Select(path => string.Join(' ', path))];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_argument_of_every_command_is_told_without_them(string path)
    {
        string[] words = path.Split(' ');
        var command = words.Aggregate(
            (Command)RootCommandFactory.Create(), (parent, name) => parent.Subcommands.First(child => child.Name == name));
        var evil = Path.Combine(_folder.FullName, Evil);
        string[] given = [.. Enumerable.Repeat(evil, command.Arguments.Count)];
        string[] required = [.. command.Options.Where(option => option.Required).SelectMany(option => (string[])[option.Name, evil])];

        if (given.Length + required.Length > 0)
        {
            AssertPlain([.. words, .. given, .. required]);
            AssertPlain([.. words, .. given, .. required, "--json", "--debug"]);
        }

        AssertPlain([.. words, Evil, $"--{Evil}"]);
        foreach (var option in command.Options)
        {
            AssertPlain([.. words, .. given, .. required, option.Name, evil]);
        }

        foreach (var choice in command.Options.Where(option => option.Name == "--checkpoint"))
        {
            AssertPlain([.. words, .. given, .. required.Where(word => word != choice.Name), "--activations", evil + ".npy"]);
        }
    }

    [Fact]
    public void A_folder_and_a_description_that_hold_them_are_shown_without()
    {
        using var training = new TinyTraining();
        HusaiProcess.Run(training.Arguments(Evil));
        var folder = training.Path(Evil);
        var configuration = Path.Combine(folder, "cfg.json");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace(
            "\"metadata\": {",
            $"\"metadata\": {{ \"model_name\": {JsonSerializer.Serialize(Evil)}, {JsonSerializer.Serialize(Evil)}: "
                + $"{JsonSerializer.Serialize(Evil)},",
            StringComparison.Ordinal));

        Assert.Contains(@"\u001b]0;pwned\u0007", AssertPlain(["sae", "info", folder]), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(AssertPlain(["sae", "info", folder, "--json"]));
        Assert.Equal(Evil, document.RootElement.GetProperty("metadata").GetProperty("model_name").GetString());
        Assert.Contains(
            @"\u001b]0;pwned\u0007", AssertPlain(["sae", "evaluate", "--sae", folder, "--activations", training.Activations]),
            StringComparison.Ordinal);
        AssertPlain(["stability", folder, folder]);
    }

    [Fact]
    public void A_configuration_that_holds_them_is_refused_without()
    {
        var file = Path.Combine(_folder.FullName, $"{Evil}.yaml");
        var escaped = Evil.Replace("\u001b", "\\e", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\u0007", "\\a", StringComparison.Ordinal);
        File.WriteAllText(file, $"\"{escaped}\": 1");

        AssertPlain(["sae", "train", "--config", file, "--activations", "x.npy"]);
        AssertPlain(["transformer", "train", "--config", file]);
        AssertPlain(["study", "run", file]);
        AssertPlain(["study", "run", file, file]);
    }

    [Fact]
    public void In_a_terminal_only_the_program_s_own_sequences_are_left()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(_output) });
        console.Pipeline.Attach(new PlainText());

        console.Write(new Text(Evil, new Style(Color.Red)));
        console.Write(Tables.Create(console, Evil).AddTextRow(Evil));

        Assert.Contains("\u001b[", _output.ToString(), StringComparison.Ordinal);
        foreach (var sequence in (string[])["\u001b]", "\u009d", "\u0007", "\u001b[2J", "\u202e", "\r"])
        {
            Assert.DoesNotContain(sequence, _output.ToString(), StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _interruption.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private static IEnumerable<string[]> Leaves(Command command, string[] path) => command.Subcommands.Count == 0
        ? [path] : command.Subcommands.SelectMany(child => Leaves(child, [.. path, child.Name]));

    private string AssertPlain(string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        new CommandHost(_output, _error, _interruption).Run(RootCommandFactory.Create(), arguments);
        var text = _output.ToString() + _error;
        Assert.NotEmpty(text);
        Assert.Equal(PrintableText.Escape(text, keepLines: true), text);
        return _output.ToString();
    }
}
