using System.CommandLine;

namespace Husai.Cli.Hosting;

/// <summary>The option that names the folder in which a training is saved.</summary>
internal static class TrainingFolderOption
{
    /// <summary>An option that is null unless given.</summary>
    /// <param name="description">What is saved there.</param>
    public static Option<string?> Create(string description) =>
        new("--output", "--save-dir") { Description = description, HelpName = "DIR" };
}
