using Husai.Experiments.Clusters;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies;

/// <summary>
/// Runs a study in a folder: finished jobs are kept, interrupted ones are resumed, and those whose inputs changed are run again. The
/// numbers depend on the options alone: not on threads, machine or interruptions.
/// </summary>
internal static class StudyRun
{
    /// <summary>Runs a study to its end.</summary>
    /// <param name="options">The study.</param>
    /// <param name="folder">Its folder, created if need be.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="time">The clock; it has no influence on the numbers.</param>
    /// <param name="warn">Takes warnings of trackers, each a line of text; from any thread.</param>
    /// <param name="cancellation">Stops the jobs at work, which can be resumed later.</param>
    /// <returns>The results; some are missing where jobs failed.</returns>
    /// <exception cref="FolderInUseException">Another process runs a study in the folder.</exception>
    /// <exception cref="InvalidFileException">The folder belongs to another study, or holds what no study made.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static StudyResults Run(
        StudyOptions options, string folder, int threads, IJobObserver observer, TimeProvider? time = null, Action<string>? warn = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(observer);
        time ??= TimeProvider.System;
        var plan = new StudyPlan(options, warn);
        var scheduler = new JobScheduler(folder, threads, time, isShared: Directory.Exists(SubmissionFolder.RootOf(folder)));
        StudyFolder.RequireOurs(folder, options.Name, plan.Graph);
        scheduler.RequireOurs(plan.Graph);
        using var held = FolderLock.Take(folder);
        StudyFolder.RequireOurs(folder, options.Name, plan.Graph);
        var manifestPath = Path.Combine(folder, StudyFolder.ManifestName);
        var manifest = new StudyManifest
        {
            Name = options.Name,
            Status = JobStatus.Running,
            Started = time.GetUtcNow(),
            Threads = threads,
            Machine = Machine.This,
        };

        // The manifest first: by it the folder is known to be a study's.
        ExperimentJson.Write(manifestPath, manifest);
        AtomicFile.WriteText(Path.Combine(folder, StudyFolder.ConfigurationName), ConfigurationWriter.Write(options));
        try
        {
            var outcomes = scheduler.Run(plan.Graph, observer, cancellation);
            var isComplete = outcomes.All(outcome => outcome.Status == JobStatus.Complete);
            manifest = manifest with { Status = isComplete ? JobStatus.Complete : JobStatus.Failed, Finished = time.GetUtcNow() };
            ExperimentJson.Write(manifestPath, manifest);
            return new StudyResults(options, plan, folder, outcomes, manifest);
        }
        catch (OperationCanceledException)
        {
            ExperimentJson.Write(manifestPath, manifest with { Status = JobStatus.Interrupted, Finished = time.GetUtcNow() });
            throw;
        }
    }
}
