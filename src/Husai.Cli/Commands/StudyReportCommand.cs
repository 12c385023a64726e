using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Studies;

namespace Husai.Cli.Commands;

/// <summary><c>husai study report</c>: the report of a study again, from its results.</summary>
internal sealed class StudyReportCommand : HusaiCommand
{
    private readonly Argument<DirectoryInfo[]> _folders = new("DIR")
    {
        Description = "Folder of the study; several may be given",
        Arity = ArgumentArity.OneOrMore,
    };

    public StudyReportCommand()
        : base(
            "report", "Write the report of a study again, from the results in its folder",
            "husai study report runs/quickstart", "husai study report runs/quickstart runs/seeds-week3")
    {
        Arguments.Add(_folders);
    }

    public override int Run(CommandContext context)
    {
        var folders = context.Get(_folders)!;
        var output = new StudyOutput(context.Output);
        var code = StudySequence.Run(context, [.. folders.Select(folder => folder.ToString())], folder =>
        {
            output.WriteReport(StudyResults.Load(folder), folder, [$"husai study run {Path.Combine(folder, "config.yaml")} --output {folder}"]);
            return ExitCode.Success;
        });
        output.Show(folders.Length > 1);
        return code;
    }
}
