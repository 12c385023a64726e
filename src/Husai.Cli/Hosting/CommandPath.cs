using System.CommandLine.Parsing;

namespace Husai.Cli.Hosting;

/// <summary>The words that name a command, such as <c>husai sae train</c>.</summary>
internal static class CommandPath
{
    public static string Of(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? current = result; current?.Parent is not null; current = current.Parent)
        {
            names.Push(((CommandResult)current).Command.Name);
        }

        return string.Join(' ', names.Prepend("husai"));
    }
}
