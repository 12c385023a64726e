using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Merging;

namespace Husai.Cli.Commands.Clusters;

/// <summary><c>husai study merge</c>: one study out of several that were run apart.</summary>
internal sealed class StudyMergeCommand : HusaiCommand
{
    private readonly Argument<DirectoryInfo[]> _folders = new("DIR")
    {
        Description = "Folders of the studies",
        Arity = new ArgumentArity(2, 1000),
    };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "Folder of the study that contains them",
        HelpName = "DIR",
        Required = true,
    };

    public StudyMergeCommand()
        : base(
            "merge", "Merge studies that ran separately: their transformers, sites, SAEs and seeds; results are copied",
            "husai study merge runs/first runs/second --output runs/both")
    {
        Arguments.Add(_folders);
        Options.Add(_output);
    }

    public override int Run(CommandContext context)
    {
        var folder = context.Get(_output).ToString();
        var results = Merge(context, folder);
        var configuration = Path.Combine(folder, "config.yaml");
        var command = $"husai study run {configuration} --output {folder}";
        var output = new StudyOutput(context.Output);
        output.WriteReport(results, folder, [command]);
        var missing = results.Jobs.Count(job => job.Status is JobStatus.Pending or JobStatus.Blocked);
        if (missing > 0)
        {
            context.Output.Note($"no folder has a result of {missing} of {results.Jobs.Count} jobs; '{command}' has them done");
        }

        output.Show(several: false);
        return results.Failures.Any() ? ExitCode.Failure : ExitCode.Success;
    }

    private StudyResults Merge(CommandContext context, string folder)
    {
        using var progress = context.Output.Progress("copying", total: 0, unit: "jobs");
        return StudyMerge.Merge(
            [.. context.Get(_folders)!.Select(path => path.ToString())], folder,
            done => progress.Report(done), cancellation: context.Cancellation);
    }
}
