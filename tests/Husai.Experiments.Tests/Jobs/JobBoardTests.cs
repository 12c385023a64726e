using Husai.Experiments.Jobs;

namespace Husai.Experiments.Tests.Jobs;

public class JobBoardTests
{
    // The first jobs of a study, such as making a world, have little cost beside its trainings, and take a while to begin.
    [Theory]
    [InlineData(4, false)]
    [InlineData(6, true)]
    public void The_time_left_is_estimated_once_half_a_percent_of_the_work_is_done(double firstCost, bool isEstimated)
    {
        var first = new TestJob("first", 1) { EstimatedCost = firstCost };
        var last = new TestJob("last", 2, first) { EstimatedCost = 1000 - firstCost };
        var board = new JobBoard(new JobGraph([last]), TimeProvider.System);

        board.Set(first, new JobOutcome(first.Name, first.Kind, JobStatus.Complete, WasThere: false, 1, null), "key");

        Assert.Equal(isEstimated, board.Progress([]).Left is not null);
    }

    [Fact]
    public void What_an_earlier_run_did_of_a_job_says_nothing_of_the_speed_of_this_one()
    {
        using var reported = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var job = new TestJob("job", 1)
        {
            Before = context =>
            {
                context.Report(0.75, "resumed");
                context.Report(0.875, "half of what was left");
                reported.Set();
                go.Wait();
            },
        };
        var folder = Directory.CreateTempSubdirectory("husai-board-").FullName;
        var board = new JobBoard(new JobGraph([job]), TimeProvider.System);
        var attempt = JobAttempt.Start(
            job, "key", 1, new JobFolder(folder, TimeProvider.System), _ => folder, _ => false, isShared: false, TimeProvider.System,
            _ => { }, CancellationToken.None);
        reported.Wait();

        var progress = board.Progress([attempt]);

        go.Set();
        attempt.Thread.Join();
        Directory.Delete(folder, recursive: true);
        Assert.Equal(0.875, progress.Fraction);
        Assert.Equal(Math.Max(1e-3, progress.Elapsed.TotalSeconds), progress.Left!.Value.TotalSeconds, 1e-6);
    }
}
