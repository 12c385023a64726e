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
}
