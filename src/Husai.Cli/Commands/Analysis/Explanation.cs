using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>Words that say what a table holds, in lines that fit a terminal.</summary>
internal static class Explanation
{
    private const int LongestLine = 98;

    /// <summary>Writes a paragraph, broken between words.</summary>
    public static void Write(IAnsiConsole console, string text)
    {
        var width = Math.Min(LongestLine, console.Profile.Width);
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                console.WriteLine(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        console.WriteLine(line);
    }
}
