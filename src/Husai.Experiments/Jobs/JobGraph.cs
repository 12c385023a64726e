namespace Husai.Experiments.Jobs;

/// <summary>Jobs with their dependencies, in an order in which each comes after those it depends on.</summary>
internal sealed class JobGraph
{
    /// <summary>Takes the given jobs and all that they depend on.</summary>
    /// <exception cref="ArgumentException">Two jobs have the same name.</exception>
    public JobGraph(IEnumerable<Job> jobs)
    {
        var ordered = new List<Job>();
        var seen = new HashSet<Job>();
        foreach (var job in jobs)
        {
            Add(job, seen, ordered);
        }

        // A folder that differs by case alone is the same one on some systems.
        if (ordered.GroupBy(job => job.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new ArgumentException($"{repeated.Count()} jobs have the name '{repeated.Key}'", nameof(jobs));
        }

        Jobs = ordered;
    }

    public IReadOnlyList<Job> Jobs { get; }

    /// <summary>The key of each job once all that it depends on is done.</summary>
    public Dictionary<Job, string> Keys()
    {
        var keys = new Dictionary<Job, string>();
        foreach (var job in Jobs)
        {
            keys[job] = job.KeyWith(job.Dependencies.Select(dependency => keys[dependency]));
        }

        return keys;
    }

    // Dependencies are given to constructors, so there are no cycles.
    private static void Add(Job job, HashSet<Job> seen, List<Job> ordered)
    {
        if (!seen.Add(job))
        {
            return;
        }

        foreach (var dependency in job.Dependencies)
        {
            Add(dependency, seen, ordered);
        }

        ordered.Add(job);
    }
}
