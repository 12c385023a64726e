using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Experiments.Studies.Results;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies;

/// <summary>What a study has found so far. A part is null where its job has no result.</summary>
internal sealed class StudyResults
{
    internal StudyResults(StudyOptions options, StudyPlan plan, string folder, IReadOnlyList<JobOutcome> outcomes, StudyManifest manifest)
    {
        Options = options;
        Manifest = manifest;
        var files = new ResultFiles(folder, outcomes);
        Transformers = [.. plan.Transformers.Select(job => new TransformerResults(
            job.Label, job.Options, files.Read<TransformerResult>(job, TransformerResult.FileName), files.FolderOf(job),
            job.Transformer.Control))];
        Sites = [.. plan.Sites.Select(site => SiteResultsReader.Read(files, options.Name, site))];
        Worlds = [.. plan.Worlds.Select(world => WorldResultsReader.Read(files, options.Name, world))];
        Networks = [.. plan.Extractions.Select(job => new NetworkResults(
            job.Network, files.Read<ExtractionResult>(job, ExtractionResult.FileName)))];
        Stored = [.. plan.Stored.Select(stored => StoredResultsReader.Read(files, options.Name, stored))];
        Jobs = files.Outcomes;
    }

    /// <summary>The study.</summary>
    public StudyOptions Options { get; }

    /// <summary>How its last run went.</summary>
    public StudyManifest Manifest { get; }

    /// <summary>What became of each job.</summary>
    public IReadOnlyList<JobOutcome> Jobs { get; }

    /// <summary>Jobs that failed.</summary>
    public IEnumerable<JobOutcome> Failures => Jobs.Where(job => job.Status == JobStatus.Failed);

    /// <summary>Jobs that had to be left out because another one failed.</summary>
    public IEnumerable<JobOutcome> LeftOut => Jobs.Where(job => job.Status == JobStatus.Blocked);

    /// <summary>The transformers.</summary>
    public IReadOnlyList<TransformerResults> Transformers { get; }

    /// <summary>The sites of each transformer.</summary>
    public IReadOnlyList<SiteResults> Sites { get; }

    /// <summary>The worlds.</summary>
    public IReadOnlyList<WorldResults> Worlds { get; }

    /// <summary>The networks.</summary>
    public IReadOnlyList<NetworkResults> Networks { get; }

    /// <summary>Activations of which no truth is known.</summary>
    public IReadOnlyList<StoredActivationsResults> Stored { get; }

    /// <summary>Reads the results of a study from its folder.</summary>
    /// <param name="folder">The folder that <see cref="StudyRun"/> wrote.</param>
    /// <exception cref="InvalidFileException">There is no study, or a result cannot be read.</exception>
    public static StudyResults Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var options = StudyFolder.ReadOptions(folder);
        var plan = new StudyPlan(options);
        var outcomes = new JobScheduler(folder, threads: 1, TimeProvider.System).Survey(plan.Graph);
        return new StudyResults(options, plan, folder, outcomes, ReadManifest(folder, options.Name));
    }

    // How the last run went is no result: where that cannot be read, the results still can.
    private static StudyManifest ReadManifest(string folder, string name)
    {
        var path = Path.Combine(folder, StudyFolder.ManifestName);
        try
        {
            return ExperimentJson.Read<StudyManifest>(path);
        }
        catch (InvalidFileException) when (File.Exists(path))
        {
            return new StudyManifest { Name = name, Status = JobStatus.Failed, Started = default, Threads = 1, Machine = Machine.This };
        }
    }
}
