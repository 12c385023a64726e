using System.CommandLine;
using Husai.Cli.Commands;
using Husai.Cli.Hosting;
using Husai.Experiments.Studies;
using Husai.Formats.Files;
using Husai.Reporting.Results;
using PublishedTables.Measures;

namespace PublishedTables;

/// <summary><c>page</c>: the published tables beside ours, from studies that have run.</summary>
internal sealed class PageCommand : HusaiCommand
{
    private readonly Argument<DirectoryInfo[]> _folders = new("DIR")
    {
        Description = "Folder of a study of research/PublishedTables/configs; repeatable",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<FileInfo> _output = new("--output")
    {
        Description = "File to write the page to; its figures go to figures/ in the same folder",
        HelpName = "FILE",
        Required = true,
    };

    public PageCommand()
        : base("page", "Write the published tables beside ours", "page runs/published-original --output docs/results-published.md")
    {
        Arguments.Add(_folders);
        Options.Add(_output);
    }

    public override int Run(CommandContext context)
    {
        var path = context.Get(_output).ToString();
        OutputFile.RequireReplaceable(path, "a page of published tables", PublishedPage.Page.IsOne);
        List<StudyResults> studies = [.. context.Get(_folders).Select(folder => StudyResults.Load(folder.ToString()))];
        if (studies.SelectMany(study => study.Failures.Concat(study.LeftOut)).FirstOrDefault() is { } failure)
        {
            context.Output.Note($"{path} is not written: {failure.Name} failed or was left out");
            return ExitCode.Failure;
        }

        using (var progress = context.Output.Stages())
        {
            var measures = StudyMeasures.Of(studies, context.Workers, progress.Report, context.Cancellation);
            PublishedPage.Write(new PublishedStudies(ResultsInput.Of(studies), measures), path);
        }

        context.Output.Note($"page: {path}");
        return ExitCode.Success;
    }
}
