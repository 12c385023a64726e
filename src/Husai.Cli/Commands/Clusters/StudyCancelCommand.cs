using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Experiments.Clusters;

namespace Husai.Cli.Commands.Clusters;

/// <summary><c>husai study cancel</c>: the tasks of a study taken back.</summary>
internal sealed class StudyCancelCommand : HusaiCommand
{
    private readonly Argument<DirectoryInfo> _folder = new("DIR") { Description = "Folder of the study" };

    public StudyCancelCommand()
        : base(
            "cancel", "Cancel the tasks of a submitted study; running tasks save their work first", "husai study cancel runs/quickstart")
        => Arguments.Add(_folder);

    public override int Run(CommandContext context)
    {
        var folder = context.Get(_folder).ToString();
        var live = StudyCancellation.Cancel(folder);
        context.Output.Result(new { Folder = folder, Cancelled = live }, console => console.Profile.Out.Writer.WriteLine(live is { } tasks
            ? $"{tasks} tasks cancelled; 'husai study submit' continues the study"
            : "the tasks of the script start no further job; stop the running ones yourself"));
        return ExitCode.Success;
    }
}
