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

    /// <summary>Refuses a command line with several of some options, or none.</summary>
    public static void RequireOneOf(this Command command, params Option[] options) => command.Validators.Add(result =>
    {
        if (options.Count(result.Has) != 1)
        {
            var given = Array.ConvertAll(options, option => $"{option.Name} {option.HelpName}");
            result.AddError($"give either {string.Join(", ", given[..^1])} or {given[^1]}");
        }
    });

    /// <summary>Refuses a command line with an option that says nothing without another one.</summary>
    public static void RequireWith(this Command command, Option option, Option needed) => command.Validators.Add(result =>
    {
        if (result.Has(option) && !result.Has(needed))
        {
            result.AddError($"{option.Name} needs {needed.Name} {needed.HelpName}");
        }
    });
}
