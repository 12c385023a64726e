using System.Diagnostics;
using Husai.Experiments.Clusters;
using Husai.Experiments.Clusters.Planning;
using Husai.Experiments.Jobs;
using Husai.Numerics.Parallelism;

namespace Husai.Benchmarks.Clusters;

/// <summary>
/// What planning, looking at and running many jobs costs that do nothing: as a local run does them, and as the tasks of a plan do.
/// </summary>
internal static class JobOverhead
{
    /// <summary>Runs all of it in a temporary folder.</summary>
    /// <param name="jobs">Number of jobs.</param>
    /// <param name="threads">Threads of a run.</param>
    /// <param name="jobsInTask">Jobs of a task.</param>
    public static void Run(int jobs, int threads, int jobsInTask)
    {
        var root = Directory.CreateTempSubdirectory("husai-overhead-").FullName;
        try
        {
            var (local, shared) = (Path.Combine(root, "local"), Path.Combine(root, "shared"));
            var graph = Graph(jobs);
            var survey = Survey(graph, shared);
            var plan = Timed("plan", jobs, () => ClusterPlanner.Make(
                "empty", graph, Survey(graph, shared), new ClusterOptions { TaskMinutes = jobsInTask / 60.0 }, inOneTask: false, []));
            Timed("local run", jobs, () => new JobScheduler(local, threads, TimeProvider.System).Run(Graph(jobs), new Silent(), default));
            Timed("tasks, without starting processes", jobs, () =>
            {
                foreach (var task in plan.Jobs.GroupBy(job => job.Task))
                {
                    var own = task.Select(job => job.Name).ToHashSet();
                    new JobScheduler(shared, threads, TimeProvider.System, isShared: true).Run(
                        new JobGraph(Graph(jobs).Jobs.Where(job => own.Contains(job.Name))), new Silent(), default,
                        job => own.Contains(job.Name));
                }

                return 0;
            });
            var done = Timed("look at all that is done", jobs, () => Survey(Graph(jobs), shared).Done);
            Console.WriteLine($"{done} of {jobs} done before: {survey.Done}; tasks: {plan.ReportTask}; "
                + $"memory: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static StudySurvey Survey(JobGraph graph, string root) =>
        new(graph, job => new JobFolder(Path.Combine(root, job.Name), TimeProvider.System));

    private static JobGraph Graph(int jobs)
    {
        var first = new EmptyJob("first");
        return new JobGraph([.. Enumerable.Range(1, jobs - 1).Select(index => new EmptyJob($"jobs/{index}", first))]);
    }

    private static T Timed<T>(string what, int jobs, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{what,-36}{seconds,8:0.00} s{1000 * seconds / jobs,10:0.00} ms a job");
        return result;
    }

    private sealed class EmptyJob(string name, params EmptyJob[] dependencies) : Job(name, dependencies)
    {
        public override string Kind => "empty";

        public override double Cost => 1;

        public override string Inputs => Name;

        public override IReadOnlyList<string> Outputs => ["result.txt"];

        public override void Run(JobContext context, Workers workers) => File.WriteAllText(context.PathOf("result.txt"), "");
    }

    private sealed class Silent : IJobObserver
    {
        public void Progress(RunProgress progress)
        {
        }

        public void Failed(string job, string reason) => throw new InvalidOperationException($"{job}: {reason}");

        public void Damaged(string job, string damage) => throw new InvalidOperationException($"{job}: {damage}");
    }
}
