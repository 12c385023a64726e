using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Studies;

namespace Husai.Cli.Commands;

/// <summary><c>husai study report</c>: the reports of studies again, from their results.</summary>
internal sealed class StudyReportCommand : HusaiCommand
{
    private readonly Argument<DirectoryInfo[]> _folders = new("DIR")
    {
        Description = "Folder of a study; several may be given",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ResultsOption _results = new();

    public StudyReportCommand()
        : base(
            "report", "Write the reports of studies again, from the results in their folders",
            "husai study report runs/quickstart",
            "husai study report runs/published-original runs/published-right runs/goldilocks --results docs/results.md")
    {
        Arguments.Add(_folders);
        _results.AddTo(this);
    }

    public override int Run(CommandContext context)
    {
        var folders = context.Get(_folders)!.Select(folder => folder.ToString()).ToList();
        var studies = folders.ConvertAll(StudyResults.Load);
        foreach (var (study, folder) in studies.Zip(folders))
        {
            StudyOutput.Write(context.Output, study, folder, [$"husai study run {Path.Combine(folder, "config.yaml")} --output {folder}"]);
        }

        _results.Write(context, studies, ["husai study report " + string.Join(' ', folders)]);
        return ExitCode.Success;
    }
}
