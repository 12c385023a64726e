using Husai.Experiments.Jobs;

namespace Husai.Experiments.Clusters.Planning;

/// <summary>
/// <c>plan.json</c>: the jobs of a study that have no result yet, packed into numbered tasks. The last task is the report.
/// </summary>
internal sealed record ClusterPlan
{
    public const string FileName = "plan.json";
    public const int CurrentVersion = 1;

    /// <summary>Version of the document.</summary>
    public int FormatVersion { get; init; } = CurrentVersion;

    /// <summary>Name of the study; its options are in <c>config.yaml</c> of its folder.</summary>
    public required string Study { get; init; }

    /// <summary>Command lines that make the study, for its report.</summary>
    public required IReadOnlyList<string> Reproduction { get; init; }

    /// <summary>Threads of a task.</summary>
    public required int Threads { get; init; }

    /// <summary>Jobs that were done when the plan was made.</summary>
    public required int Done { get; init; }

    /// <summary>What is to be done, in an order in which each job comes after those it depends on.</summary>
    public required IReadOnlyList<PlannedJob> Jobs { get; init; }

    /// <summary>Tasks that may run at the same time; each stage after the one before. The last is the report.</summary>
    public required IReadOnlyList<PlannedStage> Stages { get; init; }

    /// <summary>Number of the task that writes the report.</summary>
    public int ReportTask => Stages[^1].FirstTask;

    /// <summary>Estimated work in seconds on one core.</summary>
    public double Seconds => Jobs.Sum(job => job.Seconds);

    /// <summary>
    /// Whether it is as the planner makes it: stages side by side from task 0 on, and jobs of different names in their tasks.
    /// </summary>
    /// <remarks>A file that was edited can hold anything; the reader of JSON lets null stand in lists.</remarks>
    public bool IsWhole()
    {
        var next = 0;
        foreach (var stage in Stages)
        {
            if (stage is null || stage.FirstTask != next || stage.Tasks < 1)
            {
                return false;
            }

            next += stage.Tasks;
        }

        return next > 0 && Jobs.All(job => job is { Name: not null, Key: not null, Task: >= 0 } && job.Task < ReportTask)
            && Jobs.Select(job => job.Name).Distinct().Count() == Jobs.Count;
    }
}

/// <summary>A job that has no result yet.</summary>
/// <param name="Name">Its name, and its folder in that of the study.</param>
/// <param name="Kind">What is done, in a word.</param>
/// <param name="Key">Hash of all its inputs, once the jobs that it reads are done.</param>
/// <param name="Inputs">Names of the jobs that it reads.</param>
/// <param name="Seconds">Estimated work in seconds on one core.</param>
/// <param name="Task">The task that does it.</param>
/// <param name="EarlierFailure">When it failed before the plan was made, UTC; null if it did not.</param>
internal sealed record PlannedJob(
    string Name, string Kind, string Key, IReadOnlyList<string> Inputs, double Seconds, int Task, DateTimeOffset? EarlierFailure = null)
{
    /// <summary>Whether it has failed since the plan was made, with all of its inputs or without some that failed too.</summary>
    /// <param name="manifest">The job's manifest as it is now, or null.</param>
    public bool HasFailedSince(JobManifest? manifest) =>
        manifest is { Status: JobStatus.Failed, Finished: { } finished } && finished != EarlierFailure;
}

/// <summary>Tasks that do not wait for each other.</summary>
/// <param name="FirstTask">Number of the first.</param>
/// <param name="Tasks">How many there are.</param>
/// <param name="LongestSeconds">Estimated duration of the longest, in seconds.</param>
internal sealed record PlannedStage(int FirstTask, int Tasks, double LongestSeconds);
