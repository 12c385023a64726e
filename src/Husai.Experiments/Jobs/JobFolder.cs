using Husai.Formats;

namespace Husai.Experiments.Jobs;

/// <summary>The folder of a job: whether its result is there, and the manifest's changes as the job goes on.</summary>
internal sealed class JobFolder(string path, TimeProvider time)
{
    private readonly string _manifestPath = System.IO.Path.Combine(path, JobManifest.FileName);

    public string Path { get; } = path;

    /// <summary>The manifest, or null if there is none that can be read: then nothing in the folder can be relied on.</summary>
    public JobManifest? ReadManifest()
    {
        try
        {
            return File.Exists(_manifestPath) ? ExperimentJson.Read<JobManifest>(_manifestPath) : null;
        }
        catch (InvalidFileException)
        {
            return null;
        }
    }

    /// <summary>Whether the result of these inputs is there as a whole.</summary>
    public bool IsComplete(string key) =>
        ReadManifest() is { Status: JobStatus.Complete } manifest && manifest.Key == key && manifest.Files.All(HasLength);

    /// <summary>Begins or takes up the work: what other inputs or a failure left is removed first.</summary>
    public JobManifest Begin(Job job, string key, int threads)
    {
        var earlier = ReadManifest();
        if (earlier is not { Status: JobStatus.Running or JobStatus.Interrupted } || earlier.Key != key)
        {
            earlier = null;
            Clear();
        }

        Directory.CreateDirectory(Path);
        var manifest = new JobManifest
        {
            Name = job.Name,
            Kind = job.Kind,
            Key = key,
            Status = JobStatus.Running,
            Started = earlier?.Started ?? time.GetUtcNow(),
            Seconds = earlier?.Seconds ?? 0,
            Attempts = (earlier?.Attempts ?? 0) + 1,
            Threads = threads,
            Machine = Machine.This,
        };
        Write(manifest);
        return manifest;
    }

    /// <summary>Records how an attempt ended.</summary>
    public JobManifest End(JobManifest manifest, JobStatus status, TimeSpan elapsed, string? error = null)
    {
        manifest = manifest with
        {
            Status = status,
            Finished = time.GetUtcNow(),
            Seconds = manifest.Seconds + elapsed.TotalSeconds,
            Error = error,
            Files = status == JobStatus.Complete ? Files() : manifest.Files,
        };
        Write(manifest);
        return manifest;
    }

    private void Write(JobManifest manifest) => ExperimentJson.Write(_manifestPath, manifest);

    private void Clear()
    {
        if (Directory.Exists(Path))
        {
            // The manifest goes first: a folder that is half removed must not look complete.
            File.Delete(_manifestPath);
            Directory.Delete(Path, recursive: true);
        }
    }

    private SortedDictionary<string, long> Files()
    {
        var files = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            var name = System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/');
            if (name != JobManifest.FileName && !name.EndsWith(".tmp", StringComparison.Ordinal))
            {
                files.Add(name, new FileInfo(file).Length);
            }
        }

        return files;
    }

    private bool HasLength(KeyValuePair<string, long> file)
    {
        var info = new FileInfo(System.IO.Path.Combine(Path, file.Key));
        return info.Exists && info.Length == file.Value;
    }
}
