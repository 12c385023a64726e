using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Experiments.Studies;
using Husai.Formats.Files;
using Husai.Reporting.Results;
using Husai.Reporting.Results.Benchmark;
using Husai.Reporting.Results.Networks;
using Husai.Reporting.Results.Worlds;

namespace Husai.Cli.Commands;

/// <summary><c>--results</c>: one page for several studies.</summary>
internal sealed class ResultsOption
{
    private readonly Option<FileInfo?> _file = new("--results")
    {
        Description = "File to write one page on all the studies to: the research questions, for studies on worlds what agreement says "
            + "about truth (with recipe synthsae the published table of SynthSAEBench beside ours), or for studies on networks how far "
            + "seeds agree; its figures go to figures/ in the same folder",
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>Makes sure, before anything is computed, that the page takes the place of nothing but an earlier one.</summary>
    public void RequireReplaceable(CommandContext context)
    {
        if (context.Get(_file) is { } file)
        {
            OutputFile.RequireReplaceable(
                file.ToString(), "a page of results",
                path => ResultsDocument.IsOne(path) || WorldResultsDocument.IsOne(path) || NetworkResultsDocument.IsOne(path)
                    || BenchmarkDocument.IsOne(path));
        }
    }

    /// <summary>Writes the page if it was asked for.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="folders">Folders of the studies that have results, which are read again.</param>
    /// <param name="code">The command's exit code so far: a page that some study is missing on must not look like a whole one.</param>
    /// <param name="arguments">Arguments of <c>study run</c> that make the studies.</param>
    public void Write(
        CommandContext context, IReadOnlyList<string> folders, int code, Func<IReadOnlyList<StudyResults>, IReadOnlyList<string>> arguments)
    {
        if (context.Get(_file) is not { } file)
        {
            return;
        }

        if (code != ExitCode.Success)
        {
            context.Output.Note($"{file} is not written: some studies have failed parts");
            return;
        }

        List<StudyResults> studies = [.. folders.Select(StudyResults.Load)];
        string[] commands = [$"husai study run {string.Join(' ', arguments(studies))} --results {file}"];
        if (studies.All(BenchmarkDocument.Takes))
        {
            BenchmarkDocument.Write(studies, file.ToString(), commands);
        }
        else if (studies.All(study => study.Worlds.Count > 0))
        {
            WorldResultsDocument.Write(studies, file.ToString(), commands);
        }
        else if (studies.All(study => study.Networks.Count > 0))
        {
            NetworkResultsDocument.Write(studies, file.ToString(), commands);
        }
        else
        {
            ResultsDocument.Write(studies, file.ToString(), commands);
        }

        context.Output.Note($"results: {file}");
    }
}
