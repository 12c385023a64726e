using Husai.Experiments.Jobs;

namespace Husai.Experiments.Clusters;

/// <summary>Passes on what an observer is told, and keeps since when each job has been at work.</summary>
internal sealed class JobTimes(IJobObserver observer) : IJobObserver
{
    private readonly Dictionary<string, TimeSpan> _first = [];
    private RunProgress? _last;

    public void Progress(RunProgress progress)
    {
        foreach (var job in progress.Running)
        {
            _first.TryAdd(job.Name, progress.Elapsed);
        }

        // A run that is told to stop ends with a report without jobs at work.
        if (progress.Running.Count > 0)
        {
            _last = progress;
        }

        observer.Progress(progress);
    }

    public void Failed(string job, string reason) => observer.Failed(job, reason);

    public void Damaged(string job, string damage) => observer.Damaged(job, damage);

    /// <summary>Jobs that were at work at the end, since the first part of the run.</summary>
    /// <param name="part">Share of the run's duration.</param>
    public IEnumerable<string> RunningSince(double part) => _last is { } last
        ? last.Running.Select(job => job.Name).Where(name => _first[name] <= part * last.Elapsed)
        : [];
}
