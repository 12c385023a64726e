using System.Text.RegularExpressions;
using Husai.AcceptanceTests.Documentation;

namespace Husai.AcceptanceTests.FirstDay;

/// <summary>A command of docs/first-day.md with the output that the page shows.</summary>
/// <param name="Arguments">What stands behind <c>$ husai</c>.</param>
/// <param name="Expected">The lines below it; <c>...</c> for any lines.</param>
internal sealed partial record FirstDayStep(string[] Arguments, IReadOnlyList<string> Expected)
{
    private const string Prompt = "$ husai ";
    private const string Skipped = "...";

    /// <summary>The command as typed.</summary>
    public string Typed => string.Join(' ', Arguments);

    /// <summary>The steps of the page, in its order.</summary>
    public static IReadOnlyList<FirstDayStep> OfPage() =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "first-day.md"))).Select(Parse)];

    /// <summary>
    /// Makes sure that the output has the expected lines in their order. Numbers may be others, since the modulus is: any word with a
    /// digit stands for any word, unless it is a path.
    /// </summary>
    public void AssertPrinted(string output)
    {
        var lines = output.Split('\n').Select(Split).ToArray();
        var next = 0;
        foreach (var expected in Expected.Where(line => line != Skipped))
        {
            var words = Split(expected);
            var found = Array.FindIndex(lines, next, line => Matches(words, line));
            Assert.True(found >= 0, $"husai {Typed}\nprints no line like\n{expected}\nin\n{output}");
            next = found + 1;
        }
    }

    private static FirstDayStep Parse(Match block)
    {
        var lines = block.Groups[1].Value.TrimEnd('\n').Split('\n');
        Assert.StartsWith(Prompt, lines[0], StringComparison.Ordinal);
        return new FirstDayStep(lines[0][Prompt.Length..].Split(' '), lines[1..]);
    }

    private static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Matches(string[] expected, string[] words) =>
        expected.Length == words.Length && expected.Zip(words).All(pair => pair.First == pair.Second || IsNumber(pair.First));

    private static bool IsNumber(string word) => word.Any(char.IsAsciiDigit) && !(word.Contains('/') && word.Any(char.IsAsciiLetter));

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
