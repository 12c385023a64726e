using System.CommandLine;
using System.CommandLine.Parsing;
using Husai.Experiments.Configuration;

namespace Husai.Cli.Hosting;

/// <summary>Names the command or option that a mistyped word may have meant.</summary>
internal static class Suggestion
{
    /// <summary>A sentence to put after the message of <paramref name="error"/>, or nothing.</summary>
    public static string For(ParseError error, ParseResult values)
    {
        var mistyped = values.UnmatchedTokens.FirstOrDefault(
            token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));
        return mistyped is not null && NearestName.Find(mistyped, NamesIn(values.CommandResult)) is { } nearest
            ? $" Did you mean '{nearest}'?"
            : "";
    }

    private static IEnumerable<string> NamesIn(CommandResult result)
    {
        var symbols = result.Command.Subcommands.Concat<Symbol>(result.Command.Options);
        for (SymbolResult? parent = result.Parent; parent is not null; parent = parent.Parent)
        {
            symbols = symbols.Concat(((CommandResult)parent).Command.Options.Where(option => option.Recursive));
        }

        return symbols.Where(symbol => !symbol.Hidden).Select(symbol => symbol.Name);
    }
}
