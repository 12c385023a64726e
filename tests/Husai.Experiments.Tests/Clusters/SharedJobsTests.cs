using Husai.Experiments.Jobs;
using Husai.Experiments.Tests.Jobs;
using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Clusters;

public sealed class SharedJobsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-shared-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Only_its_own_jobs_are_run_and_those_whose_inputs_are_missing_are_left_out()
    {
        var first = new TestJob("first", 1);
        var second = new TestJob("second", 10, first);
        var outcomes = Run([second], job => job == second);
        Assert.Equal([JobStatus.Pending, JobStatus.Blocked], outcomes.Select(outcome => outcome.Status));
        Assert.Equal("needs first", outcomes[1].Error);

        Run([first], job => job == first);
        Assert.Equal(JobStatus.Complete, Run([second], job => job == second)[1].Status);
        Assert.Equal((1, 1, 11), (first.Runs, second.Runs, TestJob.ResultIn(Path.Combine(_root, "second"))));
    }

    [Fact]
    public void A_damaged_input_is_computed_again_by_whoever_reads_it()
    {
        Run([new TestJob("first", 1)], _ => true);
        File.WriteAllText(Path.Combine(_root, "first", "result.txt"), "7");
        var first = new TestJob("first", 1);
        var second = new TestJob("second", 10, first);
        Run([second], job => job == second);
        Assert.Equal((1, 11), (first.Runs, TestJob.ResultIn(Path.Combine(_root, "second"))));
    }

    [Fact]
    public async Task Whoever_does_not_hold_the_lock_of_a_job_waits_and_takes_the_result()
    {
        var waited = new TestJob("job", 5);
        IReadOnlyList<JobOutcome> outcomes;
        using (var held = FolderLock.Take(Path.Combine(_root, "job")))
        {
            var other = Task.Run(() => Run([waited], _ => true));
            await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
            Assert.False(other.IsCompleted);

            // What holds the lock finishes the job.
            new JobScheduler(_root, 1, TimeProvider.System).Run(new JobGraph([new TestJob("job", 5)]), new SilentObserver(), default);
            held.Dispose();
            outcomes = await other;
        }

        Assert.True(Assert.Single(outcomes).WasThere);
        Assert.Equal(0, waited.Runs);
        Assert.False(File.Exists(Path.Combine(_root, "job", "lock")));
    }

    [Fact]
    public void A_wait_ends_with_the_task()
    {
        using var held = FolderLock.Take(Path.Combine(_root, "job"));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.Throws<OperationCanceledException>(() =>
            new JobScheduler(_root, 1, TimeProvider.System, isShared: true)
                .Run(new JobGraph([new TestJob("job", 5)]), new SilentObserver(), stop.Token));
    }

    private IReadOnlyList<JobOutcome> Run(Job[] jobs, Func<Job, bool> isOwn) =>
        new JobScheduler(_root, 1, TimeProvider.System, isShared: true).Run(new JobGraph(jobs), new SilentObserver(), default, isOwn);
}
