using System.Globalization;
using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Clusters.Planning;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Formats.Files;

namespace Husai.Experiments.Clusters.Status;

/// <summary>
/// Reads how far a study has come: from the manifests of its jobs, the locks of its folders, and what the cluster says of its tasks.
/// </summary>
internal sealed class StudyStatusReader
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly StudyOptions _options;
    private readonly JobGraph _graph;

    /// <summary>Opens the folder of a study.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidFileException">There is no study.</exception>
    public StudyStatusReader(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_folder, _time) = (Path.GetFullPath(folder), time ?? TimeProvider.System);
        _options = StudyFolder.ReadOptions(folder);
        _graph = new StudyPlan(_options).Graph;
    }

    /// <summary>Reads the status as it is now.</summary>
    public StudyStatus Read()
    {
        var scheduler = new JobScheduler(_folder, threads: 1, _time);
        var survey = new StudySurvey(_graph, job => new JobFolder(scheduler.FolderOf(job), _time));
        var runsHere = FolderLock.HolderOf(_folder, _time) is not null;
        var states = new Dictionary<Job, JobStatus>();
        foreach (var job in _graph.Jobs)
        {
            states[job] = StateOf(job, survey, states, scheduler, runsHere);
        }

        var last = SubmissionFolder.Last(_folder);
        var submission = last?.ReadSubmission();
        var (tasks, problem) = AskCluster(last, submission);
        var threads = states.Where(state => state.Value == JobStatus.Running).Sum(state => survey.ManifestOf(state.Key)?.Threads ?? 1);
        var work = _graph.Jobs.Where(job => !survey.IsDone(job)).Sum(survey.Estimates.SecondsOf);
        int Count(JobStatus status) => states.Values.Count(state => state == status);
        return new StudyStatus
        {
            Study = _options.Name,
            Done = Count(JobStatus.Complete),
            Running = Count(JobStatus.Running),
            Stopped = Count(JobStatus.Interrupted),
            Waiting = Count(JobStatus.Pending),
            Failed = Count(JobStatus.Failed),
            LeftOut = Count(JobStatus.Blocked),
            HasReport = StudyFolder.HasReport(_folder),
            WorkSeconds = work,
            SecondsLeft = threads > 0 ? work / threads : null,
            Submission = submission is null ? null : StatusOf(last!, submission, tasks, problem),
            Failures =
            [
                .. states.Where(state => state.Value == JobStatus.Failed)
                    .Select(state => new FailedPart(state.Key.Name, survey.ManifestOf(state.Key)?.Error ?? "", [])),
                .. (tasks ?? []).Where(task => task.Phase == TaskPhase.Failed).Select(task => FailureOf(task, last!)),
            ],
        };
    }

    private JobStatus StateOf(
        Job job, StudySurvey survey, Dictionary<Job, JobStatus> states, JobScheduler scheduler, bool runsHere)
    {
        if (survey.IsDone(job))
        {
            return JobStatus.Complete;
        }

        var manifest = survey.ManifestOf(job);
        var isSame = manifest?.Key == survey.KeyOf(job);
        if (manifest?.Status == JobStatus.Running)
        {
            return runsHere || FolderLock.HolderOf(scheduler.FolderOf(job), _time) is not null ? JobStatus.Running
                : isSame ? JobStatus.Interrupted
                : JobStatus.Pending;
        }

        return manifest is { Status: JobStatus.Failed or JobStatus.Interrupted } && isSame ? manifest.Status
            : job.Dependencies.Any(input => states[input] is JobStatus.Failed or JobStatus.Blocked) ? JobStatus.Blocked
            : JobStatus.Pending;
    }

    private static (IReadOnlyList<TaskState>? Tasks, string? Problem) AskCluster(SubmissionFolder? folder, Submission? submission)
    {
        if (submission is null)
        {
            return (null, null);
        }

        try
        {
            return (LauncherFactory.Of(submission, folder!).States(submission), null);
        }
        catch (LauncherException error)
        {
            return (null, error.Message);
        }
    }

    private static SubmissionStatus StatusOf(
        SubmissionFolder folder, Submission submission, IReadOnlyList<TaskState>? tasks, string? problem) => new(
        folder.Number, submission.Launcher, submission.Launches.Sum(launch => launch.Tasks), submission.IsCancelled,
        tasks?.Count(task => task.IsLive),
        new SortedDictionary<string, int>(
            (tasks ?? []).GroupBy(task => task.State).ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal),
        problem);

    private static FailedPart FailureOf(TaskState task, SubmissionFolder folder) => new(
        string.Create(CultureInfo.InvariantCulture, $"task {task.Task}"),
        task.Reason.Length > 0 ? $"{task.State} ({task.Reason})" : task.State, LastLines.Of(Path.Combine(folder.Logs, task.LogName)));
}
