using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Experiments.Studies;
using Husai.Reporting;

namespace Husai.Cli.Commands;

/// <summary><c>--results</c>: one page for several studies, with the published tables beside ours.</summary>
internal sealed class ResultsOption
{
    private readonly Option<FileInfo?> _file = new("--results")
    {
        Description = "Write one page on all the studies to this file, with the published tables made again and the research questions, and its figures into figures/ beside it",
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>Writes the page if it was asked for.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="studies">The studies.</param>
    /// <param name="commands">The commands that make the page, without this option.</param>
    public void Write(CommandContext context, IReadOnlyList<StudyResults> studies, IReadOnlyList<string> commands)
    {
        if (context.Get(_file) is { } file)
        {
            ResultsDocument.Write(studies, file.ToString(), [.. commands.SkipLast(1), $"{commands[^1]} --results {file}"]);
            context.Output.Note($"results: {file}");
        }
    }
}
