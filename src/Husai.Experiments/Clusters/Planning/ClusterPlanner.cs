using Husai.Experiments.Jobs;

namespace Husai.Experiments.Clusters.Planning;

/// <summary>
/// Packs the jobs that have no result into tasks. A job's stage is one more than the highest of those it depends on, so that within a
/// stage tasks need not wait for each other.
/// </summary>
internal static class ClusterPlanner
{
    // Starting the program and reading the plan.
    private const double ReportSeconds = 30;

    /// <summary>Makes the plan.</summary>
    /// <param name="study">Name of the study.</param>
    /// <param name="graph">All its jobs.</param>
    /// <param name="survey">What is done.</param>
    /// <param name="options">Length and threads of a task.</param>
    /// <param name="inOneTask">Whether a single task does everything, without stages.</param>
    /// <param name="reproduction">Command lines for the report.</param>
    public static ClusterPlan Make(
        string study, JobGraph graph, StudySurvey survey, ClusterOptions options, bool inOneTask, IReadOnlyList<string> reproduction)
    {
        var stages = StagesOf(graph, survey, inOneTask);
        var jobs = new List<PlannedJob>();
        var planned = new List<PlannedStage>();
        var next = 0;
        foreach (var stage in stages)
        {
            var (first, filled, longest) = (next, 0.0, 0.0);
            foreach (var job in stage)
            {
                var seconds = survey.Estimates.SecondsOf(job);
                if (!inOneTask && filled > 0 && (filled + seconds) / options.Cpus > 60 * options.TaskMinutes)
                {
                    (next, filled) = (next + 1, 0);
                }

                filled += seconds;
                longest = Math.Max(longest, filled / options.Cpus);
                jobs.Add(new PlannedJob(
                    job.Name, job.Kind, survey.KeyOf(job), [.. job.Dependencies.Select(dependency => dependency.Name)], seconds, next,
                    survey.ManifestOf(job) is { Status: JobStatus.Failed } manifest ? manifest.Finished : null));
            }

            next++;
            planned.Add(new PlannedStage(first, next - first, longest));
        }

        planned.Add(new PlannedStage(next, 1, ReportSeconds));
        return new ClusterPlan
        {
            Study = study,
            Reproduction = reproduction,
            Threads = options.Cpus,
            Done = survey.Done,
            Jobs = jobs,
            Stages = planned,
        };
    }

    // Jobs of a site stay together: those in one task share what they derive from it.
    private static List<List<Job>> StagesOf(JobGraph graph, StudySurvey survey, bool inOneTask)
    {
        var stageOf = new Dictionary<Job, int>();
        var stages = new List<List<Job>>();
        foreach (var job in graph.Jobs)
        {
            var stage = job.Dependencies.Select(dependency => stageOf[dependency]).DefaultIfEmpty(0).Max();
            if (!survey.IsDone(job))
            {
                stage = inOneTask ? 1 : stage + 1;
                while (stages.Count < stage)
                {
                    stages.Add([]);
                }

                stages[stage - 1].Add(job);
            }

            stageOf[job] = stage;
        }

        return stages;
    }
}
