using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats.Files;

namespace Husai.Experiments.Jobs;

/// <summary>The folder of a job: whether its result is there, and the manifest's changes while the job runs.</summary>
internal sealed class JobFolder(string path, TimeProvider time)
{
    private readonly string _manifestPath = System.IO.Path.Combine(path, JobManifest.FileName);

    public string Path { get; } = path;

    /// <summary>The manifest, or null if there is none that can be read: then nothing in the folder can be relied on.</summary>
    public JobManifest? ReadManifest()
    {
        try
        {
            return HasManifest ? ExperimentJson.Read<JobManifest>(_manifestPath) : null;
        }
        catch (InvalidFileException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a manifest, even one that cannot be read.</summary>
    public bool HasManifest => File.Exists(_manifestPath);

    /// <summary>What is wrong with the files of a finished job; null if nothing is.</summary>
    /// <param name="manifest">What <see cref="ReadManifest"/> gave.</param>
    /// <param name="thoroughly">
    /// Whether all contents are read, as is needed before something is computed from them; else only those of result and metrics, and the
    /// lengths of the others.
    /// </param>
    public string? FindDamage(JobManifest? manifest, bool thoroughly) => manifest is not null
        ? manifest.Files.Keys.Select(name => JobFiles.FindDamage(Path, name, manifest, thoroughly))
            .FirstOrDefault(damage => damage is not null)
        : $"{JobManifest.FileName} cannot be read";

    /// <summary>The manifest of a finished and undamaged result of given inputs; null where there is none.</summary>
    /// <param name="key">Key of the inputs.</param>
    /// <param name="thoroughly">Whether all contents are read, as in <see cref="FindDamage"/>.</param>
    public JobManifest? ReadResult(string key, bool thoroughly) =>
        ReadManifest() is { } manifest && manifest.IsFinished(key) && FindDamage(manifest, thoroughly) is null ? manifest : null;

    /// <summary>Makes sure that a folder with something in it was made by a job.</summary>
    /// <exception cref="InvalidFileException">It was not: what is in it may be the user's.</exception>
    public void RequireOurs()
    {
        if (!HasManifest ? !JobFiles.IsEmpty(Path) : IsForeign())
        {
            throw new InvalidFileException(
                Path,
                (HasManifest
                    ? $"was not made by a study: its {JobManifest.FileName} is something else's"
                    : $"was not made by a study: there is no {JobManifest.FileName} in it")
                + "; move it away, or choose another folder");
        }
    }

    /// <summary>Begins or takes up the work: what other inputs or a failure left is removed first.</summary>
    /// <exception cref="InvalidFileException">The folder was not made by a job.</exception>
    public JobManifest Begin(Job job, string key, int threads)
    {
        RequireOurs();
        var earlier = ReadManifest();
        var outputs = JobFiles.OutputsOf(job);
        var manifest = new JobManifest
        {
            Name = job.Name,
            Kind = job.Kind,
            Key = key,
            Status = JobStatus.Running,
            Started = time.GetUtcNow(),
            Threads = threads,
            Machine = Machine.This,
            Outputs = outputs,
        };
        if (earlier is { Status: JobStatus.Running or JobStatus.Interrupted } && earlier.Key == key)
        {
            manifest = manifest with { Started = earlier.Started, Seconds = earlier.Seconds, Attempts = earlier.Attempts + 1 };
        }
        else if (HasManifest)
        {
            // A folder that is half cleared must look neither complete nor like one to resume in.
            Write(manifest with { Status = JobStatus.Failed, Error = "was to be computed again" });
            JobFiles.Remove(Path, [.. outputs, .. earlier?.Outputs ?? [], .. earlier?.Files.Keys ?? []]);
        }

        OutputFolder.Create(Path);
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
        };
        if (status == JobStatus.Complete)
        {
            var files = JobFiles.Results(Path, manifest.Outputs).ToList();
            manifest = manifest with
            {
                Files = new SortedDictionary<string,
                long>(files.ToDictionary(name => name, name => JobFiles.Length(Path, name)), StringComparer.Ordinal),
                Checksums = new SortedDictionary<string,
                string>(files.ToDictionary(name => name, name => JobFiles.Checksum(Path, name)), StringComparer.Ordinal),
            };
        }

        Write(manifest);
        return manifest;
    }

    /// <summary>Takes over the finished result of another folder, in place of what is here.</summary>
    /// <param name="source">A folder whose job is finished and undamaged.</param>
    /// <param name="job">The job.</param>
    /// <exception cref="InvalidFileException">This folder was not made by a job.</exception>
    public void CopyFrom(JobFolder source, Job job)
    {
        var finished = source.ReadManifest() ?? throw new InvalidFileException(source.Path, "has no manifest any more");
        RequireOurs();
        if (HasManifest)
        {
            Write(finished with { Status = JobStatus.Failed, Error = "was to be copied again" });
            JobFiles.Remove(Path, JobFiles.OutputsOf(job));
        }

        foreach (var name in JobFiles.Written(source.Path, finished.Outputs))
        {
            var below = name.Replace('/', System.IO.Path.DirectorySeparatorChar);
            AtomicFile.Write(System.IO.Path.Combine(Path, below), stream =>
            {
                using var from = File.OpenRead(System.IO.Path.Combine(source.Path, below));
                from.CopyTo(stream);
            });
        }

        // Last: by it the result is there.
        Write(finished);
    }

    private void Write(JobManifest manifest) => ExperimentJson.Write(_manifestPath, manifest);

    // Web pages and packages have manifests of this name too. One that is empty or cut off may be ours.
    private bool IsForeign()
    {
        try
        {
            return ReadManifest() is null && JsonNode.Parse(File.ReadAllText(_manifestPath)) is { } json
                && (json is not JsonObject named || !named.ContainsKey("key"));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
