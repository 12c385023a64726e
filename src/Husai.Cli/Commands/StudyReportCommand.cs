using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Studies;

namespace Husai.Cli.Commands;

/// <summary><c>husai study report</c>: the report of a study again, from its results.</summary>
internal sealed class StudyReportCommand : HusaiCommand
{
    private readonly Argument<DirectoryInfo> _folder = new("DIR") { Description = "Folder of the study" };

    public StudyReportCommand()
        : base("report", "Write the report of a study again, from the results in its folder", "husai study report runs/quickstart")
    {
        Arguments.Add(_folder);
    }

    public override int Run(CommandContext context)
    {
        var folder = context.Get(_folder).ToString();
        var results = StudyResults.Load(folder);
        StudyOutput.Write(context.Output, results, folder, [$"husai study run {Path.Combine(folder, "config.yaml")} --output {folder}"]);
        return ExitCode.Success;
    }
}
