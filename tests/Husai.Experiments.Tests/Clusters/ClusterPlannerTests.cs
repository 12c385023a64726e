using Husai.Experiments.Clusters;
using Husai.Experiments.Clusters.Planning;
using Husai.Experiments.Jobs;
using Husai.Experiments.Tests.Jobs;

namespace Husai.Experiments.Tests.Clusters;

public sealed class ClusterPlannerTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-planner-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(1, 1, new[] { 1, 2, 1, 1 })]
    [InlineData(1, 2, new[] { 1, 1, 1, 1 })]
    [InlineData(0.5, 1, new[] { 1, 4, 1, 1 })]
    [InlineData(0.001, 1, new[] { 1, 4, 1, 1 })]
    public void Jobs_of_a_stage_are_packed_into_tasks_of_the_length_asked_for(double minutes, int cpus, int[] tasks)
    {
        var plan = Plan(Diamond(), new ClusterOptions { TaskMinutes = minutes, Cpus = cpus });
        Assert.Equal(tasks, plan.Stages.Select(stage => stage.Tasks));
        Assert.Equal(tasks.Sum() - 1, plan.ReportTask);
        Assert.Equal(["first", "a", "b", "c", "d", "last"], plan.Jobs.Select(job => job.Name));
        Assert.Equal(["first"], plan.Jobs[2].Inputs);
        Assert.All(plan.Jobs, job => Assert.InRange(job.Task, 0, plan.ReportTask - 1));
        Assert.Equal(plan.ReportTask, plan.Jobs.Select(job => job.Task).Distinct().Count());
    }

    [Fact]
    public void What_is_done_is_not_planned_and_a_result_without_a_failed_input_is()
    {
        var (first, a) = (new TestJob("first", 1), new TestJob("a", 2) { Before = _ => throw new InvalidOperationException("x") });
        new JobScheduler(_root, 1, TimeProvider.System).Run(
            new JobGraph([new TestJob("last", 9, first, a) { Tolerant = true }]), new SilentObserver(), default);
        var plan = Plan([new TestJob("last", 9, new TestJob("first", 1), new TestJob("a", 2)) { Tolerant = true }], new ClusterOptions());
        Assert.Equal(["a", "last"], plan.Jobs.Select(job => job.Name));
        Assert.Equal(1, plan.Done);
        Assert.Equal(["first", "a"], plan.Jobs[1].Inputs);
    }

    [Fact]
    public void Estimates_follow_what_jobs_of_the_kind_have_taken()
    {
        var done = new TestJob("done", 1) { EstimatedCost = 2 };
        new JobScheduler(_root, 1, TimeProvider.System).Run(new JobGraph([done]), new SilentObserver(), default);
        var manifest = new JobFolder(Path.Combine(_root, "done"), TimeProvider.System).ReadManifest()!;
        var estimates = new JobEstimates();
        Assert.Equal(6, estimates.SecondsOf(new TestJob("new", 1) { EstimatedCost = 6 }));
        estimates.Add(done, manifest with { Seconds = 5, Threads = 2 });
        Assert.Equal(30, estimates.SecondsOf(new TestJob("new", 1) { EstimatedCost = 6 }));
    }

    private ClusterPlan Plan(Job[] jobs, ClusterOptions options)
    {
        var graph = new JobGraph(jobs);
        var survey = new StudySurvey(graph, job => new JobFolder(Path.Combine(_root, job.Name), TimeProvider.System));
        return ClusterPlanner.Make("test", graph, survey, options, inOneTask: false, []);
    }

    private static Job[] Diamond()
    {
        var first = new TestJob("first", 1);
        TestJob[] middle = [.. "abcd".Select((name, index) => new TestJob($"{name}", index, first) { EstimatedCost = 30 })];
        return [new TestJob("last", 9, middle)];
    }
}
