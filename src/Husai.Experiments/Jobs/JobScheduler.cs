using System.Collections.Concurrent;
using Husai.Formats.Files;

namespace Husai.Experiments.Jobs;

/// <summary>
/// Runs the jobs of a graph that are not done yet, side by side over the threads it has: few jobs get several threads each, many get one.
/// A failed job stops only those that depend on it.
/// </summary>
internal sealed class JobScheduler
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly string _root;
    private readonly int _threads;
    private readonly bool _isShared;

    /// <summary>Prepares a scheduler.</summary>
    /// <param name="root">Folder that holds the jobs' folders.</param>
    /// <param name="threads">Threads to compute with; no result depends on it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isShared">Whether other processes may be at work on jobs of the same folder: then each job takes the lock of its
    /// own.</param>
    public JobScheduler(string root, int threads, TimeProvider time, bool isShared = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _root = root;
        _threads = threads;
        _time = time;
        _isShared = isShared;
    }

    /// <summary>The folder of a job.</summary>
    public string FolderOf(Job job) => Path.Combine(_root, job.Name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Runs until every job is done, has failed or is blocked.</summary>
    /// <returns>An outcome for each job, in the graph's order.</returns>
    /// <param name="graph">The jobs.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="cancellation">Asks the jobs at work to stop.</param>
    /// <param name="isOwn">Which jobs are run; of the others results are only read, and computed again where they are damaged. All if
    /// null.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; what was at work can be resumed later.</exception>
    public IReadOnlyList<JobOutcome> Run(
        JobGraph graph, IJobObserver observer, CancellationToken cancellation, Func<Job, bool>? isOwn = null)
    {
        var board = new JobBoard(graph, _time);
        using var finished = new BlockingCollection<JobAttempt>();
        var running = new List<JobAttempt>();
        var keys = new Dictionary<Job, string>();
        while (true)
        {
            if (!cancellation.IsCancellationRequested)
            {
                TakeUpReadyJobs(board, keys, running, finished, observer, isOwn, cancellation);
            }

            observer.Progress(board.Progress(running));
            if (running.Count == 0)
            {
                break;
            }

            if (finished.TryTake(out var attempt, ReportInterval))
            {
                running.Remove(attempt);
                attempt.Thread.Join();
                board.Set(attempt.Job, attempt.Outcome!, attempt.Key);
                if (attempt.Outcome!.Status == JobStatus.Failed)
                {
                    observer.Failed(attempt.Job.Name, attempt.Outcome.Error!);
                }
            }
        }

        cancellation.ThrowIfCancellationRequested();
        return board.Outcomes;
    }

    /// <summary>Makes sure that no folder of a job holds what a study did not make.</summary>
    /// <exception cref="InvalidFileException">One does.</exception>
    public void RequireOurs(JobGraph graph)
    {
        foreach (var job in graph.Jobs)
        {
            FolderAt(job).RequireOurs();
        }
    }

    /// <summary>
    /// Says which results are there, without running anything. A damaged one has failed; what was computed from it before stands.
    /// </summary>
    public IReadOnlyList<JobOutcome> Survey(JobGraph graph)
    {
        var board = new JobBoard(graph, _time);
        var damaged = new Dictionary<string, JobOutcome>();
        for (var ready = board.Ready(); ready.Count > 0; ready = board.Ready())
        {
            foreach (var job in ready)
            {
                var folder = FolderAt(job);
                var key = board.KeyOf(job);
                var hasManifest = folder.HasManifest;
                var manifest = folder.ReadManifest();
                if (board.TrySkip(job, key, folder, manifest, out var damage))
                {
                    continue;
                }

                damage ??= hasManifest && manifest is null ? folder.FindDamage(manifest, thoroughly: false) : null;
                if (damage is not null)
                {
                    board.Set(job, new JobOutcome(job.Name, job.Kind, JobStatus.Complete, true, 0, null), key);
                    damaged.Add(job.Name, DamagedOutcome(job, damage));
                }
                else
                {
                    // Of what has no result for these inputs, only a failure of the same inputs is worth telling.
                    var failed = manifest is { Status: JobStatus.Failed } && manifest.Key == key ? manifest : null;
                    board.Set(job, new JobOutcome(
                        job.Name, job.Kind, failed is null ? JobStatus.Pending : JobStatus.Failed, false, failed?.Seconds ?? 0,
                        failed?.Error), key);
                }
            }
        }

        return [.. board.Outcomes.Select(outcome => damaged.GetValueOrDefault(outcome.Name) ?? outcome)];
    }

    /// <summary>The outcome of a job whose result cannot be used.</summary>
    public JobOutcome DamagedOutcome(Job job, string damage) => new(
        job.Name, job.Kind, JobStatus.Failed, true, 0,
        $"{damage}; run the study again, or remove the folder {FolderOf(job)} and run it again");

    private JobFolder FolderAt(Job job) => new(FolderOf(job), _time);

    // The keys are those of ready jobs whose folders were looked at: of thousands that wait for a thread, each is looked at once.
    private void TakeUpReadyJobs(
        JobBoard board, Dictionary<Job, string> keys, List<JobAttempt> running, BlockingCollection<JobAttempt> finished,
        IJobObserver observer, Func<Job, bool>? isOwn, CancellationToken cancellation)
    {
        // A result that is there already may make further jobs ready.
        List<Job> ready;
        bool skipped;
        do
        {
            ready = [.. board.Ready().Where(job => running.All(attempt => attempt.Job != job))];
            skipped = false;
            foreach (var job in ready.Where(job => !keys.ContainsKey(job)).ToList())
            {
                var (key, folder) = (board.KeyOf(job), FolderAt(job));
                keys.Add(job, key);
                skipped |= board.TrySkip(job, key, folder, folder.ReadManifest(), out var damage);
                if (damage is not null)
                {
                    observer.Damaged(job.Name, damage);
                }

                if (isOwn is not null && !isOwn(job) && !board.IsDamaged(job) && !board.IsComplete(job))
                {
                    board.Set(job, new JobOutcome(job.Name, job.Kind, JobStatus.Pending, false, 0, null), key);
                    skipped = true;
                }
            }
        }
        while (skipped);

        // The longest first, so that none of them is left alone at the end.
        var free = _threads - running.Sum(attempt => attempt.Threads);
        var waiting = new Queue<Job>(ready.OrderByDescending(job => job.Cost));
        while (free > 0 && waiting.Count > 0)
        {
            var share = Math.Max(1, free / waiting.Count);
            var job = waiting.Dequeue();
            var damages = board.FindDamage(job, FolderAt);
            if (damages.Count > 0)
            {
                // Whatever reads them, or was made from them, waits for them: which jobs are ready must be asked again, and with what keys.
                keys.Clear();
                foreach (var (input, damage) in damages)
                {
                    observer.Damaged(input.Name, damage);
                }

                TakeUpReadyJobs(board, keys, running, finished, observer, isOwn, cancellation);
                return;
            }

            running.Add(JobAttempt.Start(
                job, keys[job], share, FolderAt(job), FolderOf, board.IsComplete, _isShared, _time, finished.Add, cancellation));
            free -= share;
        }
    }
}
