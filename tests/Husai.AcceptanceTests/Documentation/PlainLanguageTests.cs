using System.Text.RegularExpressions;

namespace Husai.AcceptanceTests.Documentation;

/// <summary>Documents, configurations, help and messages use plain sentences and the terms of docs/glossary.md.</summary>
public partial class PlainLanguageTests
{
    // The texts of the program write this page; they are checked where they are.
    private const string MadePage = "results.md";

    private static readonly string[] Phrases =
    [
        @"\b(hold|holds|holding|held) \S+( \S+){0,3} against\b", @"\bheld against\b", @"\btell what\b", @"\btold of\b", @"\bto tell of\b",
        @"\bbeside these lie\b",
        @"\bhold beside\b", @"\bgo(es)? on (with|from|in|where|and)\b", @"\bto go on\b", @"\bturn about\b", @"\bhas the bits\b",
        @"\bof ours\b", @"\bbe it\b", @"\bthat which\b",
        @"\bthe defaults\]", @"\bas a variable of the shell\b", @"\bbegun anew\b", @"\bmade again\b", @"\bof the rise is there\b",
        @"\bin place of the configuration's\b", @"\bground[- ]truth\b", @"(?<!sparse |\.)\bautoencoders?\b(?![/.]\w)",
        @"\bresults/(sae|transformer)\b", @"(?<!--checkpoint, )--transformer-checkpoint\b",
        @"(?<!--output, )--save-dir\b", @"\bhusai fourier\b",
    ];

    private static readonly Regex Phrase = new(string.Join('|', Phrases), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [Fact]
    public void Documents_are_in_plain_language()
    {
        string[] files =
        [
            Repository("README.md"), Repository("CONTRIBUTING.md"),
            .. Directory.GetFiles(Repository("docs"), "*.md", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != MadePage),
        ];
        Assert.True(files.Length > 10);
        AssertPlain(Lines(files).Select(line => (line.Place, Code().Replace(line.Text, ""))));
    }

    [Fact]
    public void Configurations_are_in_plain_language()
    {
        string[] files = [.. Files("configs", "*.yaml"), .. Files("research", "*.yaml")];
        Assert.True(files.Length > 10);
        AssertPlain(Lines(files).Select(line => (line.Place, Key().Replace(line.Text, ""))));
    }

    [Fact]
    public void Help_messages_and_reports_are_in_plain_language()
    {
        string[] files = [.. Files("src", "*.cs"), .. Files("research", "*.cs")];
        Assert.True(files.Length > 300);
        AssertPlain(Lines(files).Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Literal().Matches(line.Text).Select(literal => (line.Place, Text: Hole().Replace(literal.Value, "")))
            .Where(literal => literal.Text.Contains(' ', StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Hold SAEs against the circuit")]
    [InlineData("each is held against its planes")]
    [InlineData("the word to tell of")]
    [InlineData("beside these lie others")]
    [InlineData("Go on with the training")]
    [InlineData("agreement with the ground truth")]
    [InlineData("Folder of an autoencoder")]
    [InlineData("sae train --transformer-checkpoint DIR")]
    public void The_list_finds_its_phrases(string text) => Assert.Matches(Phrase, text);

    [Theory]
    [InlineData("features of sparse autoencoders (SAEs)")]
    [InlineData("--checkpoint, --transformer-checkpoint <DIR>")]
    [InlineData("SaeTrainer holds weights")]
    public void Names_and_definitions_are_not_on_the_list(string text) => Assert.DoesNotMatch(Phrase, text);

    private static void AssertPlain(IEnumerable<(string Place, string Text)> texts) =>
        Assert.Empty(texts.Where(text => Phrase.IsMatch(text.Text)).Select(text => $"{text.Place}: {text.Text}"));

    private static IEnumerable<(string Place, string Text)> Lines(IEnumerable<string> files) =>
        files.SelectMany(file =>
            File.ReadLines(file).Select((line, index) => ($"{Path.GetRelativePath(RepositoryFolder.Path, file)}:{index + 1}", line)));

    private static string Repository(string name) => Path.Combine(RepositoryFolder.Path, name);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Repository(folder), pattern, SearchOption.AllDirectories).Where(file => !IsBuilt(file));

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\s*-?\s*\w+:")]
    private static partial Regex Key();

    [GeneratedRegex("""
        "([^"\\]|\\.)*"
        """)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}
