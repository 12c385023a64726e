using System.Text.RegularExpressions;

namespace Husai.AcceptanceTests.Documentation;

/// <summary>Commands in README.md and docs are there, with the options that they are shown with.</summary>
public partial class DocumentedCommandsTests
{
    private const string Reference = "commands.md";

    [Fact]
    public void Commands_in_documents_have_the_options_that_they_are_shown_with()
    {
        var help = Section().Matches(File.ReadAllText(Path.Combine(Docs, Reference)))
            .ToDictionary(match => match.Groups["command"].Value.TrimEnd(), match => match.Groups["text"].Value);
        string[] files =
        [
            Path.Combine(RepositoryFolder.Path, "README.md"),
            .. Directory.GetFiles(Docs, "*.md", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != Reference),
        ];
        var shown = files.SelectMany(file => Command().Matches(File.ReadAllText(file)).Select(match =>
            (File: Path.GetFileName(file), Text: match.Groups["command"].Value.Split(" #")[0]))).ToList();

        Assert.True(shown.Count > 100);
        Assert.Empty(shown.Where(command => !IsThere(help, command.Text)).Select(command => $"{command.File}: {command.Text}"));
    }

    private static string Docs => Path.Combine(RepositoryFolder.Path, "docs");

    private static bool IsThere(Dictionary<string, string> help, string shown)
    {
        var words = shown.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var command = Enumerable.Range(1, words.Length).Select(count => string.Join(' ', words[..count])).LastOrDefault(help.ContainsKey);
        return command is not null && words.Where(word => word.StartsWith("--", StringComparison.Ordinal))
            .All(option => Regex.IsMatch(help[command], $"{Regex.Escape(option)}(?![a-z-])"));
    }

    [GeneratedRegex(@"^## (?<command>husai.*)\n(?<text>(?:(?!^## ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    // In a block, or between backticks.
    [GeneratedRegex(@"^(?:\$ )?(?<command>husai .+)$|`(?<command>husai [^`\n]+)`", RegexOptions.Multiline)]
    private static partial Regex Command();
}
