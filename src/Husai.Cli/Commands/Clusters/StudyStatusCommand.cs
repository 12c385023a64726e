using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Clusters.Status;
using Husai.Formats.Text;
using Spectre.Console;

namespace Husai.Cli.Commands.Clusters;

/// <summary><c>husai study status</c>: how far a study has come.</summary>
internal sealed class StudyStatusCommand : HusaiCommand
{
    private const int MostFailures = 10;
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(5);

    private readonly Argument<DirectoryInfo> _folder = new("DIR") { Description = "Folder of the study" };

    private readonly Option<bool> _watch = new("--watch") { Description = "Print the state again until no task runs" };

    public StudyStatusCommand()
        : base(
            "status", "Show the progress of a study, submitted or local", "husai study status runs/quickstart",
            "husai study status /shared/quickstart --watch")
    {
        Arguments.Add(_folder);
        Options.Add(_watch);
    }

    public override int Run(CommandContext context)
    {
        var reader = new StudyStatusReader(context.Get(_folder).ToString());
        while (true)
        {
            var status = reader.Read();
            var isLast = !context.Get(_watch) || !status.IsLive;

            // One document is what --json prints: the last.
            if (isLast || !context.Values.GetValue(GlobalOptions.Json))
            {
                context.Output.Result(status, console => Show(console, status));
            }

            if (isLast)
            {
                return status.Failures.Count > 0 ? ExitCode.Failure : ExitCode.Success;
            }

            context.Cancellation.WaitHandle.WaitOne(WatchEvery);
            context.Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static void Show(IAnsiConsole console, StudyStatus status)
    {
        console.WriteLine($"study {status.Study}: {status.Done} of {status.Jobs} jobs done"
            + (status.HasReport ? ", report written" : "") + TimeLeft(status));
        var table = Tables.Create(console, "jobs", "#");
        foreach (
            var (name, count) in new[]
            {
                ("done", status.Done), ("running", status.Running), ("stopped, to be continued", status.Stopped),
                ("waiting", status.Waiting), ("failed", status.Failed), ("left out", status.LeftOut),
            })
        {
            if (count > 0)
            {
                table.AddTextRow(name, count.ToString(CultureInfo.InvariantCulture));
            }
        }

        console.Write(table);
        ShowSubmission(console, status.Submission);
        foreach (var failure in status.Failures.Take(MostFailures))
        {
            console.WriteLine($"{failure.Name}: failed: {failure.Reason}");
            foreach (var line in failure.LastLines)
            {
                console.WriteLine($"    {line}");
            }
        }

        if (status.Failures.Count > MostFailures)
        {
            console.WriteLine($"and {status.Failures.Count - MostFailures} more failures; --json has all");
        }
    }

    private static void ShowSubmission(IAnsiConsole console, SubmissionStatus? submission)
    {
        if (submission is null)
        {
            return;
        }

        var states = submission.States.Select(state => $"{state.Value} {state.Key}");
        console.WriteLine(
            $"submission {submission.Number} ({submission.Launcher}{(submission.IsCancelled ? ", cancelled" : "")}): "
            + $"{submission.Tasks} tasks"
            + (submission.States.Count > 0 ? $": {string.Join(", ", states)}" : "")
            + (submission.Problem is { } problem ? $"; the cluster could not be asked: {problem}" : ""));
    }

    private static string TimeLeft(StudyStatus status) =>
        status.Done == status.Jobs ? ""
        : status.SecondsLeft is { } seconds ? $", about {Durations.Estimate(seconds)} left"
        : $", about {Durations.Estimate(status.WorkSeconds)} of work on one core left";
}
