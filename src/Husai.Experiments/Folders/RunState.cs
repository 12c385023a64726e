using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Formats.Files;

namespace Husai.Experiments.Folders;

/// <summary>How a run went so far.</summary>
/// <param name="Status">Running while a process is at work.</param>
/// <param name="Reason">Why it failed or cannot be read, or empty.</param>
/// <param name="Changed">When something was last written, UTC; null where that is not known.</param>
internal sealed record RunState(JobStatus Status, string Reason, DateTimeOffset? Changed)
{
    /// <summary>Reads a few small files of a run. What is damaged has failed, with the reason.</summary>
    /// <param name="run">The run.</param>
    /// <param name="time">The clock that says whether the process at work is still there.</param>
    public static RunState Of(FoundRun run, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            return run.Kind switch
            {
                RunKind.Study => OfStudy(run.Folder, time),
                RunKind.Sae => new RunState(JobStatus.Complete, "", ChangeOf(run.Folder, "sae_weights.safetensors")),
                RunKind.SaeTraining => OfTraining(run.Folder, ["summary.json", "sae_weights.safetensors"], time),
                _ => OfTraining(run.Folder, ["model.safetensors"], time),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new RunState(JobStatus.Failed, error.Message, null);
        }
    }

    private static RunState OfStudy(string folder, TimeProvider time)
    {
        var manifest = ExperimentJson.Read<StudyManifest>(Path.Combine(folder, StudyFolder.ManifestName));
        return new RunState(IfAlive(manifest.Status, [folder], time), "", ChangeOf(folder, StudyFolder.ManifestName));
    }

    private static RunState OfTraining(string folder, IReadOnlyList<string> atItsEnd, TimeProvider time)
    {
        var changed = ChangeOf(folder, RunSearch.MetricsName);
        string[] locked = [folder, .. ((string?[])[RunSearch.StudyAround(folder)]).OfType<string>()];
        return locked.Length > 1 && new JobFolder(folder, time).ReadManifest() is { } manifest
            ? new RunState(IfAlive(manifest.Status, locked, time), manifest.Error ?? "", changed)
            : new RunState(
                atItsEnd.All(name => File.Exists(Path.Combine(folder, name)))
                    ? JobStatus.Complete
                    : IfAlive(JobStatus.Running, locked, time),
                "", changed);
    }

    // The manifest of a process that was killed says that it runs.
    private static JobStatus IfAlive(JobStatus status, IReadOnlyList<string> locked, TimeProvider time) =>
        status == JobStatus.Running && locked.All(folder => FolderLock.HolderOf(folder, time) is null) ? JobStatus.Interrupted : status;

    private static DateTimeOffset? ChangeOf(string folder, string name) =>
        new FileInfo(Path.Combine(folder, name)) is { Exists: true } file ? file.LastWriteTimeUtc : null;
}
