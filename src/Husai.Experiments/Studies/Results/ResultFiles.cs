using Husai.Experiments.Jobs;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Results;

/// <summary>The files that the jobs of a study have written.</summary>
internal sealed class ResultFiles(string folder, IReadOnlyList<JobOutcome> outcomes)
{
    private readonly Dictionary<string, JobOutcome> _outcomes = outcomes.ToDictionary(outcome => outcome.Name);
    private readonly JobScheduler _scheduler = new(folder, threads: 1, TimeProvider.System);

    /// <summary>What became of each job. Those whose result turned out to be unreadable have failed.</summary>
    public IReadOnlyList<JobOutcome> Outcomes => [.. outcomes.Select(outcome => _outcomes[outcome.Name])];

    /// <summary>Reads the result of a job; null where there is no job, or it has none.</summary>
    public T? Read<T>(Job? job, string file)
        where T : class
    {
        if (job is null || _outcomes[job.Name].Status != JobStatus.Complete)
        {
            return null;
        }

        try
        {
            return ExperimentJson.Read<T>(Path.Combine(FolderOf(job), file));
        }
        catch (InvalidFileException error)
        {
            _outcomes[job.Name] = _scheduler.DamagedOutcome(job, $"{file} {error.Reason}");
            return null;
        }
    }

    public string FolderOf(Job job) => _scheduler.FolderOf(job);
}
