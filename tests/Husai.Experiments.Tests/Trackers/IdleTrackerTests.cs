using Husai.Experiments.Trackers;

namespace Husai.Experiments.Tests.Trackers;

public sealed class IdleTrackerTests
{
    [Fact]
    public void A_group_of_none_and_a_tracker_that_failed_are_idle()
    {
        using var open = new SafeTracker(() => new RecordingTracker(), _ => { });
        using var failed = new SafeTracker(() => throw new IOException("disk full"), _ => { });
        using var none = new TrackerGroup();
        using var some = new TrackerGroup(failed, open);
        using var failures = new TrackerGroup(failed, failed);

        Assert.Equal(
            [false, true, true, false, true], new ITracker[] { open, failed, none, some, failures }.Select(tracker => tracker.IsIdle));
    }

    [Fact]
    public void What_is_idle_is_told_nothing_but_its_end()
    {
        var idle = new IdleTracker();
        new SaeTracking([idle]).Run(() => [null!]);

        Assert.Equal([0], idle.ExitCodes);
    }

    private sealed class IdleTracker : ITracker
    {
        public bool IsIdle => true;

        public List<int> ExitCodes { get; } = [];

        public void Log(long step, IReadOnlyDictionary<string, double> metrics) => throw new InvalidOperationException();

        public void LogHistogram(long step, string name, ReadOnlySpan<float> values) => throw new InvalidOperationException();

        public void LogOutput(string line, bool isError = false) => throw new InvalidOperationException();

        public void Summary(IReadOnlyDictionary<string, double> values) => throw new InvalidOperationException();

        public void Finish(int exitCode) => ExitCodes.Add(exitCode);

        public void Dispose()
        {
        }
    }
}
