using Husai.Experiments.Jobs;

namespace Husai.Experiments.Clusters.Planning;

/// <summary>
/// How long jobs take on one core: the work counted, times what jobs of the same kind have taken in this study in place of it.
/// </summary>
internal sealed class JobEstimates
{
    private readonly Dictionary<string, (double Counted, double Measured)> _kinds = [];

    /// <summary>Takes in a job that is done.</summary>
    /// <param name="job">The job.</param>
    /// <param name="manifest">Its manifest.</param>
    public void Add(Job job, JobManifest manifest)
    {
        var (counted, measured) = _kinds.GetValueOrDefault(job.Kind);
        _kinds[job.Kind] = (counted + job.Cost, measured + manifest.Seconds * manifest.Threads);
    }

    /// <summary>Seconds on one core.</summary>
    public double SecondsOf(Job job) =>
        _kinds.TryGetValue(job.Kind, out var kind) && kind is { Counted: > 0, Measured: > 0 }
            ? job.Cost * kind.Measured / kind.Counted
            : job.Cost;
}
