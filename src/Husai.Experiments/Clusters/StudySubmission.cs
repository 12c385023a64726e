using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Clusters.Planning;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Formats.Files;

namespace Husai.Experiments.Clusters;

/// <summary>Plans what a study has still to do, and has it done by a launcher.</summary>
internal sealed class StudySubmission
{
    private readonly StudyOptions _options;
    private readonly string _folder;
    private readonly ClusterOptions _cluster;
    private readonly string _program;
    private readonly IReadOnlyList<string> _reproduction;
    private readonly StudyPlan _study;
    private readonly JobScheduler _scheduler;
    private readonly TimeProvider _time;

    /// <summary>Prepares a submission.</summary>
    /// <param name="options">The study.</param>
    /// <param name="folder">Its folder, created if need be.</param>
    /// <param name="cluster">Where and how tasks run.</param>
    /// <param name="program">How this program is started on a node, unless <paramref name="cluster"/> says it.</param>
    /// <param name="reproduction">Command lines that make the study, for its report.</param>
    /// <param name="time">The clock.</param>
    public StudySubmission(
        StudyOptions options, string folder, ClusterOptions cluster, string program, IReadOnlyList<string> reproduction,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_options, _folder, _cluster, _program, _reproduction) = (options, Path.GetFullPath(folder), cluster, program, reproduction);
        _time = time ?? TimeProvider.System;
        _study = new StudyPlan(options);
        _scheduler = new JobScheduler(_folder, threads: 1, _time);
    }

    /// <summary>Says what a submission would launch, and writes nothing.</summary>
    /// <exception cref="InvalidFileException">The folder belongs to another study, or holds what no study made.</exception>
    /// <exception cref="LauncherException">The cluster does not answer.</exception>
    public SubmittedStudy Preview()
    {
        RequireOurs();
        var plan = MakePlan();
        var folder = SubmissionFolder.Next(_folder);
        var launcher = LauncherFactory.Create(_cluster, folder, Describe(folder).JobName, _program, _ => { });
        var launches = Ranges(plan, launcher.MostTasks()).Select(range => Launched(plan, range, "", folder, launcher.ScriptOf(range)));
        return Submitted(plan, folder.PlanPath, [.. launches]);
    }

    /// <summary>Launches what is not done. If a launch is refused, those before it are taken back.</summary>
    /// <param name="runHere">Does a task of a plan in this process, for the launcher <c>local</c>.</param>
    /// <exception cref="FolderInUseException">Another process runs or submits the study.</exception>
    /// <exception cref="InvalidFileException">The folder belongs to another study, holds what no study made, or has tasks that still wait
    /// or run.</exception>
    /// <exception cref="LauncherException">The cluster refused, or does not answer.</exception>
    public SubmittedStudy Submit(Action<string, int> runHere)
    {
        ArgumentNullException.ThrowIfNull(runHere);
        RequireOurs();
        StudyFolder.RequireNoRun(_folder, _time);
        using var held = FolderLock.Take(SubmissionFolder.RootOf(_folder), isForFiles: true);
        RequireNoTasks();
        var plan = MakePlan();
        if (plan.Jobs.Count == 0 && StudyFolder.HasReport(_folder))
        {
            return new SubmittedStudy(null, plan.Done, 0, 0, 0, []);
        }

        var folder = SubmissionFolder.Next(_folder);
        var submission = Describe(folder);
        var launcher = LauncherFactory.Create(_cluster, folder, submission.JobName, _program, task => runHere(folder.PlanPath, task));
        var ranges = Ranges(plan, launcher.MostTasks()).ToList();
        WriteFiles(plan, folder, ranges, [.. ranges.Select(launcher.ScriptOf)]);
        return Submitted(plan, folder.PlanPath, Launch(plan, folder, submission, launcher, ranges));
    }

    private void RequireOurs()
    {
        StudyFolder.RequireOurs(_folder, _options.Name, _study.Graph);
        _scheduler.RequireOurs(_study.Graph);
    }

    // Two plans at once would have the same work done by tasks that wait for each other.
    private void RequireNoTasks()
    {
        if (SubmissionFolder.Last(_folder) is not { } last || last.ReadSubmission() is not { } submission)
        {
            return;
        }

        var live = LauncherFactory.Of(submission, last).States(submission)?.Count(task => task.IsLive);
        if (live > 0)
        {
            throw new InvalidFileException(
                _folder, FormattableString.Invariant($"has {live} tasks of its last submission that wait or run; wait for them ")
                    + "('husai study status'), or take them back ('husai study cancel')");
        }
    }

    private ClusterPlan MakePlan() => ClusterPlanner.Make(
        _options.Name, _study.Graph, new StudySurvey(_study.Graph, job => new JobFolder(_scheduler.FolderOf(job), _time)), _cluster,
        inOneTask: _cluster.Launcher == LauncherName.Local, _reproduction);

    private Submission Describe(SubmissionFolder folder) => new()
    {
        Launcher = _cluster.Launcher,
        Study = _options.Name,
        Number = folder.Number,
        Submitted = _time.GetUtcNow(),
    };

    private static IEnumerable<TaskRange> Ranges(ClusterPlan plan, int mostTasks)
    {
        for (var stage = 0; stage < plan.Stages.Count; stage++)
        {
            var (first, tasks, _) = plan.Stages[stage];
            for (var (part, from) = (1, 0); from < tasks; (part, from) = (part + 1, from + mostTasks))
            {
                yield return new TaskRange(stage + 1, plan.Stages.Count, part, first + from, Math.Min(mostTasks, tasks - from));
                if (mostTasks == int.MaxValue)
                {
                    break;
                }
            }
        }
    }

    // The study's manifest first: by it the folder is known to be a study's.
    private void WriteFiles(
        ClusterPlan plan, SubmissionFolder folder, IReadOnlyList<TaskRange> ranges, IReadOnlyList<string> scripts)
    {
        WriteManifest(JobStatus.Running);
        AtomicFile.WriteText(Path.Combine(_folder, StudyFolder.ConfigurationName), ConfigurationWriter.Write(_options));
        folder.Create();
        ExperimentJson.Write(folder.PlanPath, plan);
        foreach (var (range, script) in ranges.Zip(scripts))
        {
            AtomicFile.WriteText(ScriptPath(folder, range), script);
        }
    }

    private List<LaunchedTasks> Launch(
        ClusterPlan plan, SubmissionFolder folder, Submission submission, ILauncher launcher, IReadOnlyList<TaskRange> ranges)
    {
        var launched = new List<LaunchedTasks>();
        try
        {
            foreach (var range in ranges)
            {
                string[] after = [
                    .. submission.Launches.Where(launch => launch.Stage == range.Stage - 1 && launch.Name.Length > 0)
                        .Select(launch => launch.Name)];
                var script = ScriptPath(folder, range);
                var id = launcher.Launch(range, script, after);
                launched.Add(Launched(plan, range, id, folder, launcher.ScriptOf(range)));
                submission = submission with
                {
                    Launches = [.. submission.Launches, new Launch(id, range.Stage, range.FirstTask, range.Tasks)],
                };
                folder.Write(submission);
            }
        }
        catch (LauncherException refusal)
        {
            throw new LauncherException(refusal.Message + TakeBack(folder, submission, launcher));
        }
        catch (OperationCanceledException)
        {
            WriteManifest(JobStatus.Interrupted);
            throw;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk: what is recorded nowhere could not be taken back later.
            string[] launches = [.. launched.Select(launch => launch.Id)];
            if (!TryCancel(launcher, launches))
            {
                throw new LauncherException(
                    $"{error.Message}; the jobs {string.Join(", ", launches)} could not be taken back: end them before you submit again");
            }

            throw;
        }

        return launched;
    }

    private string TakeBack(SubmissionFolder folder, Submission submission, ILauncher launcher)
    {
        WriteManifest(JobStatus.Interrupted);
        folder.Write(submission with { IsCancelled = true });
        string[] launches = [.. submission.Launches.Select(launch => launch.Name)];
        return TryCancel(launcher, launches)
            ? $"; nothing runs, and what is done in {_folder} stays: submit again"
            : $"; the jobs {string.Join(", ", launches)} could not be taken back: they end by themselves without doing anything";
    }

    private static bool TryCancel(ILauncher launcher, IReadOnlyList<string> launches)
    {
        try
        {
            launcher.Cancel(launches);
            return true;
        }
        catch (LauncherException)
        {
            return false;
        }
    }

    private void WriteManifest(JobStatus status) => ExperimentJson.Write(Path.Combine(_folder, StudyFolder.ManifestName), new StudyManifest
    {
        Name = _options.Name,
        Status = status,
        Started = _time.GetUtcNow(),
        Threads = _cluster.Cpus,
        Machine = Machine.This,
    });

    private static SubmittedStudy Submitted(ClusterPlan plan, string path, IReadOnlyList<LaunchedTasks> launches) =>
        new(path, plan.Done, plan.Jobs.Count, plan.ReportTask + 1, plan.Seconds, launches);

    private static LaunchedTasks Launched(ClusterPlan plan, TaskRange range, string id, SubmissionFolder folder, string script) => new(
        range.Stage, range.Tasks, plan.Stages[range.Stage - 1].LongestSeconds, id, ScriptPath(folder, range), script);

    private static string ScriptPath(SubmissionFolder folder, TaskRange range) => folder.PathOf($"{range.ScriptName}.sh");
}
