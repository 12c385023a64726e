using System.CommandLine;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The SAE folders that a command takes: arguments, or the values of <c>--sae</c>.</summary>
internal sealed class SaeFolders
{
    private readonly Argument<string[]> _folders;

    private readonly Option<string[]> _named = new("--sae")
    {
        Description = "The same as the arguments",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Adds the argument and the option to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="description">What the folders are.</param>
    /// <param name="most">Largest number of folders.</param>
    public SaeFolders(Command command, string description, int most = int.MaxValue)
    {
        _folders = new Argument<string[]>("DIR")
        {
            Description = description,
            HelpName = "DIR",
            Arity = ArgumentArity.ZeroOrMore,
        };
        command.Arguments.Add(_folders);
        command.Options.Add(_named);
        command.Validators.Add(result =>
        {
            var given = (result.GetResult(_folders)?.Tokens.Count ?? 0) + (result.GetResult(_named)?.Tokens.Count ?? 0);
            if (given == 0)
            {
                result.AddError($"name {(most == 1 ? "an SAE folder" : "one or more SAE folders")}, such as runs/saes/seed_42");
            }
            else if (given > most)
            {
                result.AddError($"{given} SAE folders are named where {most} is needed");
            }
        });
    }

    /// <summary>The folders, in the order given.</summary>
    public string[] Read(CommandContext context) => [.. context.Get(_folders) ?? [], .. context.Get(_named) ?? []];
}
