using Husai.Experiments.Clusters.Launchers.Slurm;
using Husai.Experiments.Clusters.Planning;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Formats.Files;

namespace Husai.Experiments.Clusters;

/// <summary>
/// A task of a plan: runs its jobs as a local run does, and leaves out those whose inputs have no result. Of several processes at work on
/// a job, the one that holds the lock of its folder does it; the others wait, and take its result.
/// </summary>
internal sealed class StudyTask
{
    /// <summary>Exit code of a task that saved its work and is to run again: EX_TEMPFAIL of sysexits.h.</summary>
    public const int ContinuesLater = 75;

    // A job that began this early in the life of its task, and is not done at its time limit, will not be the next time either.
    private const double AtOnce = 0.1;

    private readonly SubmissionFolder _submission;
    private readonly ClusterPlan _plan;
    private readonly int _task;
    private readonly TimeProvider _time;
    private JobTimes? _times;

    private StudyTask(SubmissionFolder submission, ClusterPlan plan, int task, TimeProvider time) =>
        (_submission, _plan, _task, _time) = (submission, plan, task, time);

    /// <summary>Folder of the study.</summary>
    public string Folder => _submission.StudyFolder;

    /// <summary>Whether this task writes the report instead of running jobs.</summary>
    public bool IsReport => _task == _plan.ReportTask;

    /// <summary>Command lines that make the study, for its report.</summary>
    public IReadOnlyList<string> Reproduction => _plan.Reproduction;

    /// <summary>What it does, in a few words.</summary>
    public string Description => FormattableString.Invariant($"study {_plan.Study}, task {_task}");

    /// <summary>Finds a task in a plan.</summary>
    /// <param name="plan">The plan's file.</param>
    /// <param name="task">The task's number.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidFileException">There is no such plan or task, or the study was cancelled.</exception>
    public static StudyTask Open(string plan, int task, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(plan);
        var submission = SubmissionFolder.OfPlan(plan);
        var read = submission.ReadPlan();
        if (read.FormatVersion != ClusterPlan.CurrentVersion)
        {
            throw new InvalidFileException(plan, "was made by another version of the program; submit the study again");
        }

        if (!read.IsWhole())
        {
            throw new InvalidFileException(plan, "was changed since it was made, and is no plan any more; submit the study again");
        }

        if (task < 0 || task > read.ReportTask)
        {
            throw new InvalidFileException(plan, FormattableString.Invariant($"has the tasks 0 to {read.ReportTask}, and no task {task}"));
        }

        return submission.ReadSubmission()?.IsCancelled == true
            ? throw new InvalidFileException(plan, "was cancelled; submit the study again")
            : new StudyTask(submission, read, task, time ?? TimeProvider.System);
    }

    /// <summary>Runs the jobs of the task that have no result yet.</summary>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="warn">Takes warnings of trackers, each a line of text; from any thread.</param>
    /// <param name="cancellation">Asks the jobs to save what they have and stop.</param>
    /// <returns>What became of each of the task's jobs.</returns>
    /// <exception cref="InvalidFileException">The study's configuration has changed since the plan was made.</exception>
    /// <exception cref="FolderInUseException">The study is run by another process.</exception>
    /// <exception cref="OperationCanceledException">The jobs were asked to stop.</exception>
    public IReadOnlyList<JobOutcome> Run(
        int threads, IJobObserver observer, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        StudyFolder.RequireNoRun(Folder, _time);
        var planned = _plan.Jobs.Where(job => job.Task == _task).ToDictionary(job => job.Name);
        var jobs = new StudyPlan(ReadOptions(), warn).Graph.Jobs.Where(job => planned.ContainsKey(job.Name)).ToList();
        var graph = new JobGraph(jobs);
        RequireSameKeys(graph, planned);
        _times = new JobTimes(observer);
        var scheduler = new JobScheduler(Folder, threads, _time, isShared: true);
        var failures = SlurmTask.IsStartedAgain ? FailuresSoFar(jobs, planned, scheduler) : [];
        var outcomes = scheduler.Run(
            graph, _times, cancellation, job => planned.ContainsKey(job.Name) && !failures.ContainsKey(job.Name));
        return
        [
            .. outcomes.Where(outcome => planned.ContainsKey(outcome.Name)).Select(outcome =>
                outcome.Status == JobStatus.Pending && failures.TryGetValue(outcome.Name, out var error)
                    ? outcome with { Status = JobStatus.Failed, Error = error }
                    : outcome),
        ];
    }

    /// <summary>Reads what the study has found, and records how it ended.</summary>
    /// <exception cref="FolderInUseException">The study is run by another process.</exception>
    public StudyResults ReadResults()
    {
        var options = ReadOptions();
        var plan = new StudyPlan(options);
        using var held = FolderLock.Take(Folder, isForFiles: true);
        var outcomes = new JobScheduler(Folder, threads: 1, _time).Survey(plan.Graph);
        var path = Path.Combine(Folder, StudyFolder.ManifestName);
        var manifest = ExperimentJson.Read<StudyManifest>(path) with
        {
            Status = outcomes.All(outcome => outcome.Status == JobStatus.Complete) ? JobStatus.Complete : JobStatus.Failed,
            Finished = _time.GetUtcNow(),
        };
        ExperimentJson.Write(path, manifest);
        return new StudyResults(options, plan, Folder, outcomes, manifest);
    }

    /// <summary>
    /// After <see cref="Run"/> was told to stop: whether the task is to run again. A job that cannot be continued, and has had the whole
    /// time of the task without coming to its end, has failed: it would do so for ever.
    /// </summary>
    /// <param name="byWarning">Whether the signal was SIGUSR1.</param>
    /// <returns>Whether <see cref="ContinuesLater"/> is what the program returns, and what there is to say.</returns>
    public (bool Continues, IReadOnlyList<string> Notes) Stopped(bool byWarning)
    {
        if (SlurmTask.This() is not { } task)
        {
            return (false, ["the work is saved; the same command continues it"]);
        }

        var reason = task.ReasonToStop(byWarning);
        if (_submission.ReadSubmission()?.IsCancelled == true)
        {
            return (false, ["the study was cancelled; the work is saved, and 'husai study submit' continues it"]);
        }

        // Slurm says the same of a task that is queued again by another and of one that is taken back.
        if (reason == StopReason.Cancellation)
        {
            return (false, ["Slurm ended the task; the work is saved, and goes on if Slurm starts the task again, else by "
                + "'husai study submit'"]);
        }

        var failed = reason == StopReason.TimeLimit ? FailHopelessJobs() : [];
        return (true,
        [
            .. failed.Select(job => $"{job}: failed: it takes longer than the time limit of a task, and cannot be continued; submit the "
                + "study again with a longer --time or more --cpus"),
            reason == StopReason.TimeLimit ? "the time limit is reached: the work is saved, and the task is queued again"
                : "the task was told to stop: the work is saved, and the task is queued again",
        ]);
    }

    // What failed before Slurm queued the task again: it would fail again, and a job too long for the time limit would do so for ever.
    private Dictionary<string, string?> FailuresSoFar(
        IEnumerable<Job> jobs, Dictionary<string, PlannedJob> planned, JobScheduler scheduler)
    {
        var failures = new Dictionary<string, string?>();
        foreach (var job in jobs)
        {
            var manifest = new JobFolder(scheduler.FolderOf(job), _time).ReadManifest();
            if (planned[job.Name].HasFailedSince(manifest))
            {
                failures.Add(job.Name, manifest!.Error);
            }
        }

        return failures;
    }

    private List<string> FailHopelessJobs()
    {
        var failed = new List<string>();
        var continued = new StudyPlan(ReadOptions()).Graph.Jobs.Where(job => job.SavesWhenInterrupted).Select(job => job.Name).ToHashSet();
        foreach (var name in _times?.RunningSince(AtOnce) ?? [])
        {
            var folder = new JobFolder(Path.Combine(Folder, name.Replace('/', Path.DirectorySeparatorChar)), _time);
            if (!continued.Contains(name) && folder.ReadManifest() is { Status: JobStatus.Interrupted } manifest)
            {
                using var held = FolderLock.Take(folder.Path);
                folder.End(
                    manifest, JobStatus.Failed, TimeSpan.Zero,
                    "takes longer than the time limit of a task, and cannot be continued; submit the study again with a longer --time");
                failed.Add(name);
            }
        }

        return failed;
    }

    private StudyOptions ReadOptions() => StudyReader.Read(Path.Combine(Folder, StudyFolder.ConfigurationName));

    private void RequireSameKeys(JobGraph graph, Dictionary<string, PlannedJob> planned)
    {
        var keys = graph.Keys();
        var found = graph.Jobs.Where(job => planned.ContainsKey(job.Name)).ToList();
        if (found.Count != planned.Count || found.Any(job => keys[job] != planned[job.Name].Key))
        {
            throw new InvalidFileException(
                _submission.PlanPath, $"was made for another {StudyFolder.ConfigurationName} than that of {Folder}, or by another version "
                    + "of the program; submit the study again");
        }
    }
}
