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
        Description = "Folder of the study; repeatable",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ResultsOption _results = new();

    public StudyReportCommand()
        : base(
            "report", "Write the report of a study again from its results",
            "husai study report runs/quickstart",
            "husai study report runs/recovery runs/goldilocks --results docs/results.md")
    {
        Arguments.Add(_folders);
        _results.AddTo(this);
    }

    public override int Run(CommandContext context)
    {
        var folders = context.Get(_folders)!;
        var output = new StudyOutput(context.Output);
        _results.RequireReplaceable(context);
        var studies = new List<string>();
        var code = StudySequence.Run(context, [.. folders.Select(folder => folder.ToString())], folder =>
        {
            var results = StudyResults.Load(folder);
            studies.Add(folder);
            output.WriteReport(results, folder, [$"husai study run {Path.Combine(folder, "config.yaml")} --output {folder}"]);
            return results.Failures.Any() ? ExitCode.Failure : ExitCode.Success;
        });
        output.Show(folders.Length > 1);
        _results.Write(context, studies, code, loaded => [.. loaded.Select(study => $"configs/studies/{study.Options.Name}.yaml")]);
        return code;
    }
}
