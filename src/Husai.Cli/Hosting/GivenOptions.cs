using System.CommandLine;
using System.CommandLine.Parsing;

namespace Husai.Cli.Hosting;

/// <summary>For validators of commands: reading the value of an option that cannot be parsed would throw.</summary>
internal static class GivenOptions
{
    /// <summary>Whether an option stands on the command line, with a fit value or not.</summary>
    public static bool Has(this CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
