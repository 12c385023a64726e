using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Clusters;
using Husai.Experiments.Jobs;

namespace Husai.Cli.Commands.Clusters;

/// <summary><c>husai study work</c>: a task of a submitted study, as the cluster runs it.</summary>
internal sealed class StudyWorkCommand : HusaiCommand
{
    private readonly Argument<FileInfo> _plan = new("PLAN") { Description = "The plan, plan.json in the folder of a submission" };

    private readonly Option<int?> _task = NumberOption.Create("--task", "Number of the task in the plan", 0, int.MaxValue);

    public StudyWorkCommand()
        : base(
            "work", "Run one task of a submitted study; the scripts of 'study submit' call this",
            "husai study work runs/quickstart/submissions/1/plan.json --task 3 --threads 4")
    {
        Arguments.Add(_plan);
        _task.Required = true;
        Options.Add(_task);
    }

    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        context.Interruption?.IgnoreFurtherSignals();
        return Run(context, context.Get(_plan).ToString(), context.Get(_task)!.Value);
    }

    /// <summary>Does a task.</summary>
    /// <param name="context">The command's.</param>
    /// <param name="plan">The plan's file.</param>
    /// <param name="number">The task's number.</param>
    public static int Run(CommandContext context, string plan, int number)
    {
        var task = StudyTask.Open(plan, number);
        return task.IsReport ? WriteReport(context, task) : RunJobs(context, task);
    }

    private static int RunJobs(CommandContext context, StudyTask task)
    {
        IReadOnlyList<JobOutcome> outcomes;
        try
        {
            using var progress = context.Output.Jobs(task.Description);
            outcomes = task.Run(
                GlobalOptions.ThreadCount(context.Values), progress, TrackerOption.Warn(context), context.Cancellation);
        }
        catch (OperationCanceledException)
        {
            var (continues, notes) = task.Stopped(byWarning: context.Interruption?.ExitCode == ExitCode.Warned);
            foreach (var note in notes)
            {
                context.Output.Note(note);
            }

            if (continues)
            {
                return ExitCode.ContinuesLater;
            }

            throw;
        }

        // What failed was told as it happened.
        foreach (var outcome in outcomes.Where(outcome => outcome.Status == JobStatus.Blocked))
        {
            context.Output.Note($"{outcome.Name}: left out: {outcome.Error}");
        }

        // What is left out is the failure of another task.
        return outcomes.Any(outcome => outcome.Status == JobStatus.Failed) ? ExitCode.Failure : ExitCode.Success;
    }

    private static int WriteReport(CommandContext context, StudyTask task)
    {
        var results = task.ReadResults();
        new StudyOutput(context.Output).WriteReport(results, task.Folder, task.Reproduction);
        var missing = results.Jobs.Count(job => job.Status == JobStatus.Pending);
        if (missing > 0)
        {
            context.Output.Note($"not done: {missing} jobs; submit the study again to have them done");
        }

        return results.Jobs.All(job => job.Status == JobStatus.Complete) ? ExitCode.Success : ExitCode.Failure;
    }
}
