namespace Husai.Experiments.Jobs;

/// <summary>What has become of each job of a run so far. Changed by one thread; <see cref="IsComplete"/> may be asked from any.</summary>
internal sealed class JobBoard(JobGraph graph, TimeProvider time)
{
    // Share of a run's work that must be done before its speed says when it ends.
    private const double LeastForEstimate = 0.005;

    private readonly Lock _lock = new();
    private readonly Dictionary<Job, JobOutcome> _outcomes = [];
    private readonly Dictionary<Job, string> _keys = [];
    private readonly HashSet<Job> _damaged = [];
    private readonly HashSet<Job> _checked = [];
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<Job, double> _resumedCosts = [];
    private double _skippedCost;

    /// <summary>An outcome for each job; those that never began are pending.</summary>
    public IReadOnlyList<JobOutcome> Outcomes =>
        [.. graph.Jobs.Select(job =>
            _outcomes.GetValueOrDefault(job) ?? new JobOutcome(job.Name, job.Kind, JobStatus.Pending, false, 0, null))];

    public bool IsComplete(Job job)
    {
        lock (_lock)
        {
            return _outcomes.TryGetValue(job, out var outcome) && outcome.Status == JobStatus.Complete;
        }
    }

    /// <summary>
    /// Jobs without an outcome whose dependencies all have one, as has all that those were made from: a damaged result has none until it is
    /// computed again. Those among them that lack a result are blocked.
    /// </summary>
    public IReadOnlyList<Job> Ready()
    {
        var ready = new List<Job>();
        var settled = new HashSet<Job>();
        foreach (var job in graph.Jobs.Where(job => job.Dependencies.All(settled.Contains)))
        {
            if (!_outcomes.ContainsKey(job))
            {
                var missing = job.Dependencies.Where(dependency => !IsComplete(dependency)).ToList();
                if (missing.Count == 0 || (missing.All(job.CanDoWithout) && missing.Count < job.Dependencies.Count(job.CanDoWithout)))
                {
                    ready.Add(job);
                    continue;
                }

                Set(job, new JobOutcome(job.Name, job.Kind, JobStatus.Blocked, false, 0, $"needs {missing[0].Name}"), "");
            }

            settled.Add(job);
        }

        return ready;
    }

    /// <summary>Key of a job whose dependencies have outcomes: hash of its inputs and of the keys of the results it reads.</summary>
    public string KeyOf(Job job) => job.KeyWith(job.Dependencies.Where(IsComplete).Select(dependency => _keys[dependency]));

    /// <summary>Whether a result was found that is not as it was written.</summary>
    public bool IsDamaged(Job job) => _damaged.Contains(job);

    public void Set(Job job, JobOutcome outcome, string key)
    {
        lock (_lock)
        {
            _outcomes[job] = outcome;
            _keys[job] = key;
        }
    }

    /// <summary>Takes a result that is there already.</summary>
    /// <param name="job">The job.</param>
    /// <param name="key">Its key.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="manifest">The folder's manifest, or null.</param>
    /// <param name="damage">What keeps a result of this key from being taken, the first time that it is found; null if nothing
    /// does.</param>
    public bool TrySkip(Job job, string key, JobFolder folder, JobManifest? manifest, out string? damage)
    {
        damage = null;
        if (_damaged.Contains(job) || manifest is null || !manifest.IsFinished(key))
        {
            return false;
        }

        damage = folder.FindDamage(manifest, thoroughly: false);
        if (damage is not null)
        {
            _damaged.Add(job);
            return false;
        }

        Set(job, new JobOutcome(job.Name, job.Kind, JobStatus.Complete, WasThere: true, manifest.Seconds, null), key);
        _skippedCost += job.Cost;
        return true;
    }

    /// <summary>
    /// Reads all files of the results, there from before, that a job reads or that those were made from; each once a run. One that is
    /// damaged loses its outcome, so that it is computed again: to the same bits, so that results computed from it stay valid.
    /// </summary>
    public IReadOnlyList<(Job Job, string Damage)> FindDamage(Job job, Func<Job, JobFolder> folderOf)
    {
        var found = new List<(Job, string)>();
        foreach (var input in job.Dependencies)
        {
            found.AddRange(FindDamage(input, folderOf));
            if (_outcomes.TryGetValue(input, out var outcome) && outcome is { Status: JobStatus.Complete, WasThere: true }
                && _checked.Add(input)
                && DamageOf(folderOf(input)) is { } damage)
            {
                lock (_lock)
                {
                    _outcomes.Remove(input);
                }

                _skippedCost -= input.Cost;
                _damaged.Add(input);
                found.Add((input, damage));
            }
        }

        return found;
    }

    public RunProgress Progress(IReadOnlyList<JobAttempt> running)
    {
        var total = graph.Jobs.Sum(job => job.Cost);
        var done = _outcomes.Keys.Sum(job => job.Cost)
            + running.Sum(attempt => attempt.Job.Cost * attempt.Progress.Fraction);
        var elapsed = time.GetElapsedTime(_start);

        foreach (var attempt in running)
        {
            _resumedCosts[attempt.Job] = attempt.Job.Cost * (attempt.Progress.First ?? 0);
        }

        // The speed of this run: what was there before took no time. What its first jobs take to begin says nothing of the others.
        var own = done - _skippedCost - _resumedCosts.Values.Sum();
        var speed = own / Math.Max(1e-3, elapsed.TotalSeconds);
        return new RunProgress(
            _outcomes.Count, graph.Jobs.Count, total > 0 ? Math.Min(1, done / total) : 1, elapsed,
            speed > 0 && own > LeastForEstimate * (total - done + own)
                ? TimeSpan.FromSeconds(Math.Clamp((total - done) / speed, 0, 1e8))
                : null,
            [
                .. running.Select(attempt =>
                    new RunningJob(attempt.Job.Name, attempt.Progress.Fraction, attempt.Progress.Note, attempt.Threads))]);
    }

    private static string? DamageOf(JobFolder folder) => folder.FindDamage(folder.ReadManifest(), thoroughly: true);
}
