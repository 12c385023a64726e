using System.CommandLine;

namespace Husai.Cli.Hosting;

/// <summary>The option that names a transformer's folder, the same in every command.</summary>
internal static class CheckpointOption
{
    /// <summary>An option that is null unless given.</summary>
    /// <param name="description">What the command does with the transformer.</param>
    /// <param name="required">Whether a transformer must be named.</param>
    public static Option<string?> Create(string description, bool required = false) =>
        new("--checkpoint", "--transformer-checkpoint") { Description = description, HelpName = "DIR", Required = required };
}
