using Husai.Experiments.Trackers;

namespace Husai.Experiments.Tests.Trackers;

public sealed class TrackedWorkTests
{
    [Fact]
    public void A_summary_that_fails_does_not_take_the_result_away()
    {
        var tracker = new RecordingTracker();

        Assert.Equal(7, TrackedWork.Run([tracker], () => 7, _ => throw new InvalidOperationException("no\nfigure")));

        Assert.Equal(("the summary failed: no figure", true), Assert.Single(tracker.Output));
        Assert.Equal([0], tracker.ExitCodes);
    }
}
