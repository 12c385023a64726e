using Husai.Formats.Files;
using Husai.Formats.Text;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Jobs;

/// <summary>A job at work on a thread of its own.</summary>
internal sealed class JobAttempt
{
    // Deep recursion does not occur, but matching and eigenvalue code may hold arrays on the stack.
    private const int StackBytes = 8 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly JobFolder _folder;
    private readonly TimeProvider _time;
    private readonly bool _isShared;
    private readonly JobContext _context;

    private JobAttempt(
        Job job, string key, int threads, JobFolder folder, Func<Job, string> folderOf, Func<Job, bool> isComplete, bool isShared,
        TimeProvider time, Action<JobAttempt> finished, CancellationToken cancellation)
    {
        Job = job;
        Key = key;
        Threads = threads;
        _folder = folder;
        _isShared = isShared;
        _time = time;
        _context = new JobContext(job, folderOf, isComplete, cancellation);
        Thread = new Thread(() => Run(finished), StackBytes) { IsBackground = true, Name = job.Name };
    }

    public Job Job { get; }

    public string Key { get; }

    public int Threads { get; }

    public Thread Thread { get; }

    public ReportedProgress Progress => _context.Progress;

    /// <summary>How it ended; null while it is at work.</summary>
    public JobOutcome? Outcome { get; private set; }

    /// <summary>Starts a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="key">Hash of its inputs.</param>
    /// <param name="threads">Threads it may use.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="folderOf">Folder of another job.</param>
    /// <param name="isComplete">Whether another job has a result.</param>
    /// <param name="isShared">Whether other processes may be at work on the same job: then the lock of its folder decides.</param>
    /// <param name="time">The clock.</param>
    /// <param name="finished">Called on the job's thread once <see cref="Outcome"/> is set.</param>
    /// <param name="cancellation">Asks the job to stop.</param>
    public static JobAttempt Start(
        Job job, string key, int threads, JobFolder folder, Func<Job, string> folderOf, Func<Job, bool> isComplete, bool isShared,
        TimeProvider time, Action<JobAttempt> finished, CancellationToken cancellation)
    {
        var attempt = new JobAttempt(job, key, threads, folder, folderOf, isComplete, isShared, time, finished, cancellation);
        attempt.Thread.Start();
        return attempt;
    }

    private void Run(Action<JobAttempt> finished)
    {
        var start = _time.GetTimestamp();
        try
        {
            using var held = _isShared ? TakeLock() : null;
            Outcome = (_isShared ? ResultOfAnother() : null) ?? Attempt(_time.GetTimestamp());
        }
        catch (OperationCanceledException) when (_context.Cancellation.IsCancellationRequested)
        {
            Outcome = new JobOutcome(Job.Name, Job.Kind, JobStatus.Interrupted, false, 0, null);
        }
        catch (Exception exception)
        {
            // The folder itself cannot be used.
            Outcome = new JobOutcome(
                Job.Name, Job.Kind, JobStatus.Failed, false, _time.GetElapsedTime(start).TotalSeconds, FailureText.OneLine(exception));
        }
        finally
        {
            finished(this);
        }
    }

    // A process that holds the lock is at work on this job, or was and is gone: then the lock is free within a minute.
    private FolderLock TakeLock()
    {
        while (true)
        {
            try
            {
                return FolderLock.Take(_folder.Path, Patience);
            }
            catch (FolderInUseException error)
            {
                _context.Report(0, $"waits: {error.Message}");
                _context.Cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private JobOutcome? ResultOfAnother() => _folder.ReadResult(Key, thoroughly: true) is { } manifest
        ? new JobOutcome(Job.Name, Job.Kind, JobStatus.Complete, WasThere: true, manifest.Seconds, null)
        : null;

    private JobOutcome Attempt(long start)
    {
        var manifest = _folder.Begin(Job, Key, Threads);
        using var workers = new Workers(Threads);
        var (status, error) = Work(workers);
        manifest = _folder.End(manifest, status, _time.GetElapsedTime(start), error);
        return new JobOutcome(Job.Name, Job.Kind, status, false, manifest.Seconds, error);
    }

    private (JobStatus, string?) Work(Workers workers)
    {
        try
        {
            Job.Run(_context, Job.SavesWhenInterrupted ? workers : workers.Until(_context.Cancellation));
            return (JobStatus.Complete, null);
        }
        catch (OperationCanceledException) when (_context.Cancellation.IsCancellationRequested)
        {
            return (JobStatus.Interrupted, null);
        }
        catch (Exception exception)
        {
            return (JobStatus.Failed, FailureText.OneLine(exception));
        }
    }
}
