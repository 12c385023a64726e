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
        string[] folders = [.. context.Get(_folders)!.Select(folder => folder.ToString())];
        var output = new StudyOutput(context.Output);
        var studies = new List<StudyResults>();
        var code = StudySequence.Run(context, folders, folder =>
        {
            var results = StudyResults.Load(folder);
            output.WriteReport(results, folder, [$"husai study run {Path.Combine(folder, "config.yaml")} --output {folder}"]);
            studies.Add(results);
            return ExitCode.Success;
        });
        if (studies.Count == folders.Length)
        {
            _results.Write(context, studies, ["husai study report " + string.Join(' ', folders)]);
        }

        output.Show(folders.Length > 1);
        return code;
    }
}
