using Husai.Experiments.Jobs;

namespace Husai.Experiments.Clusters.Planning;

/// <summary>
/// Which jobs of a study have the result that they have once all are done. A result that was computed while an input was missing is none
/// of these.
/// </summary>
internal sealed class StudySurvey
{
    private readonly Dictionary<Job, string> _keys;
    private readonly Dictionary<Job, JobManifest> _manifests = [];
    private readonly HashSet<Job> _done = [];

    /// <summary>Reads the manifests of all jobs, and their small files.</summary>
    /// <param name="graph">The jobs.</param>
    /// <param name="folderOf">Folder of a job.</param>
    public StudySurvey(JobGraph graph, Func<Job, JobFolder> folderOf)
    {
        _keys = graph.Keys();

        // Reading many small files waits for the disk, or for the server of a shared one.
        var found = new (JobManifest? Manifest, bool IsDone)[graph.Jobs.Count];
        Parallel.For(0, graph.Jobs.Count, index =>
        {
            var job = graph.Jobs[index];
            var folder = folderOf(job);
            var manifest = folder.ReadManifest();
            found[index] = (
                manifest, manifest?.IsFinished(_keys[job]) == true && folder.FindDamage(manifest, thoroughly: false) is null);
        });
        for (var index = 0; index < found.Length; index++)
        {
            var (job, (manifest, isDone)) = (graph.Jobs[index], found[index]);
            if (isDone)
            {
                _done.Add(job);
                Estimates.Add(job, manifest!);
            }

            if (manifest is not null)
            {
                _manifests[job] = manifest;
            }
        }
    }

    public JobEstimates Estimates { get; } = new();

    public int Done => _done.Count;

    public bool IsDone(Job job) => _done.Contains(job);

    /// <summary>The job's key once all jobs are done.</summary>
    public string KeyOf(Job job) => _keys[job];

    /// <summary>The job's manifest, or null.</summary>
    public JobManifest? ManifestOf(Job job) => _manifests.GetValueOrDefault(job);
}
