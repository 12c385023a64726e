using System.CommandLine;
using System.CommandLine.Parsing;

namespace Husai.Cli.Hosting;

/// <summary>
/// Which options a command line gives. For validators of commands, as reading the value of an option that cannot be parsed would throw.
/// </summary>
internal static class GivenOptions
{
    /// <summary>Whether an option stands on the command line, with a fit value or not.</summary>
    public static bool Has(this CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>Refuses a command line with both of two options, or neither.</summary>
    public static void RequireOneOf(this Command command, Option first, Option second) => command.Validators.Add(result =>
    {
        if (result.Has(first) == result.Has(second))
        {
            result.AddError($"give either {first.Name} {first.HelpName} or {second.Name} {second.HelpName}");
        }
    });
}
