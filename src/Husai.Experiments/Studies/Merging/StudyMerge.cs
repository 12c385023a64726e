using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Merging;

/// <summary>Puts studies that were run apart into one folder. Results are copied, none is computed.</summary>
internal static class StudyMerge
{
    /// <summary>Merges studies.</summary>
    /// <param name="folders">Folders of at least two studies, which stay as they are.</param>
    /// <param name="output">Folder of the study that contains them; results that it has already stay.</param>
    /// <param name="report">Told how many jobs were looked at.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops between two jobs; the same merge continues.</param>
    /// <returns>What the study has; jobs that no folder had a result of are pending.</returns>
    /// <exception cref="InvalidFileException">A folder holds no study, the studies do not fit together, or the output is
    /// something else's.</exception>
    /// <exception cref="ConfigurationException">The study as a whole breaks a rule that its parts keep.</exception>
    /// <exception cref="FolderInUseException">A study is run by another process.</exception>
    public static StudyResults Merge(
        IReadOnlyList<string> folders, string output, Action<int> report, TimeProvider? time = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentNullException.ThrowIfNull(report);
        time ??= TimeProvider.System;
        foreach (var folder in folders)
        {
            OutputFolder.RequireOtherThan(output, folder);
            StudyFolder.RequireNoRun(folder, time);
        }

        var options = MergedOptions.Of([.. folders.Select(folder => (StudyFolder.ReadOptions(folder), folder))]);
        var plan = new StudyPlan(options);
        var scheduler = new JobScheduler(output, threads: 1, time);
        StudyFolder.RequireOurs(output, options.Name, plan.Graph);
        scheduler.RequireOurs(plan.Graph);
        using var held = FolderLock.Take(output);
        var manifest = new StudyManifest
        {
            Name = options.Name,
            Status = JobStatus.Running,
            Started = time.GetUtcNow(),
            Threads = 1,
            Machine = Machine.This,
        };
        var manifestPath = Path.Combine(output, StudyFolder.ManifestName);
        ExperimentJson.Write(manifestPath, manifest);
        AtomicFile.WriteText(Path.Combine(output, StudyFolder.ConfigurationName), ConfigurationWriter.Write(options));
        try
        {
            JobScheduler[] inputs = [.. folders.Select(folder => new JobScheduler(folder, threads: 1, time))];
            Copy(plan.Graph, scheduler, inputs, time, report, cancellation);
        }
        catch (OperationCanceledException)
        {
            ExperimentJson.Write(manifestPath, manifest with { Status = JobStatus.Interrupted, Finished = time.GetUtcNow() });
            throw;
        }

        var outcomes = scheduler.Survey(plan.Graph);
        manifest = manifest with
        {
            Status = outcomes.All(outcome => outcome.Status == JobStatus.Complete) ? JobStatus.Complete : JobStatus.Interrupted,
            Finished = time.GetUtcNow(),
        };
        ExperimentJson.Write(manifestPath, manifest);
        return new StudyResults(options, plan, output, outcomes, manifest);
    }

    private static void Copy(
        JobGraph graph, JobScheduler output, IReadOnlyList<JobScheduler> inputs, TimeProvider time, Action<int> report,
        CancellationToken cancellation)
    {
        var done = 0;
        foreach (var (job, key) in graph.Keys())
        {
            cancellation.ThrowIfCancellationRequested();
            var target = new JobFolder(output.FolderOf(job), time);
            if (!Has(target)
                && inputs.Select(input => new JobFolder(input.FolderOf(job), time)).FirstOrDefault(Has) is { } source)
            {
                target.CopyFrom(source, job);
            }

            report(++done);

            bool Has(JobFolder folder) => folder.ReadResult(key, thoroughly: true) is not null;
        }
    }
}
