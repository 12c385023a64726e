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
    /// <param name="studies">The studies that have results.</param>
    /// <param name="code">The command's exit code so far: a page that some study is missing on must not look like a whole one.</param>
    /// <param name="arguments">Arguments of <c>study run</c> that make the studies.</param>
    public void Write(CommandContext context, IReadOnlyList<StudyResults> studies, int code, IReadOnlyList<string> arguments)
    {
        if (context.Get(_file) is not { } file)
        {
            return;
        }

        if (code != ExitCode.Success)
        {
            context.Output.Note($"{file} is not written, since not all studies are whole");
            return;
        }

        ResultsDocument.Write(studies, file.ToString(), [$"husai study run {string.Join(' ', arguments)} --results {file}"]);
        context.Output.Note($"results: {file}");
    }
}
