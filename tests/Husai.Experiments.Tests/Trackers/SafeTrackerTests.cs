using Husai.Experiments.Trackers;

namespace Husai.Experiments.Tests.Trackers;

public sealed class SafeTrackerTests
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void A_failure_is_told_once_and_ends_the_tracking()
    {
        var failing = new FailingTracker { FailsFrom = 3 };
        using var tracker = new SafeTracker(() => failing, _warnings.Add);
        for (var step = 0; step < 10; step++)
        {
            tracker.Log(step, new Dictionary<string, double>());
        }

        tracker.LogHistogram(10, "h", [1f]);
        tracker.LogOutput("line");
        tracker.Summary(new Dictionary<string, double>());
        tracker.Finish(0);
        Assert.Equal(3, failing.Calls);
        Assert.True(failing.IsDisposed);
        Assert.Equal(
            ["FailingTracker failed and is switched off; the training continues: disk full"], _warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_call_may_fail(int call)
    {
        using var tracker = new SafeTracker(() => new FailingTracker { FailsFrom = 1 }, _warnings.Add);
        Action[] calls =
        [
            () => tracker.Log(0, new Dictionary<string, double>()),
            () => tracker.LogHistogram(0, "h", []),
            () => tracker.LogOutput("line"),
            () => tracker.Summary(new Dictionary<string, double>()),
            () => tracker.Finish(0),
            tracker.Dispose,
        ];
        calls[call]();
        Assert.Single(_warnings);
    }

    [Fact]
    public void A_tracker_that_cannot_be_opened_is_told_and_tracks_nothing()
    {
        using var tracker = new SafeTracker(() => throw new IOException("no\nspace"), _warnings.Add);
        tracker.Log(0, new Dictionary<string, double>());
        tracker.Finish(0);
        Assert.Equal(["the tracker failed and is switched off; the training continues: no space"], _warnings);
    }

    private sealed class FailingTracker : ITracker
    {
        public int FailsFrom { get; init; }

        public int Calls { get; private set; }

        public bool IsDisposed { get; private set; }

        public void Log(long step, IReadOnlyDictionary<string, double> metrics) => Count();

        public void LogHistogram(long step, string name, ReadOnlySpan<float> values) => Count();

        public void LogOutput(string line, bool isError = false) => Count();

        public void Summary(IReadOnlyDictionary<string, double> values) => Count();

        public void Finish(int exitCode) => Count();

        public void Dispose()
        {
            IsDisposed = true;
            Count(1);
        }

        private void Count(int ownCalls = 0)
        {
            // Closing does not count as a call, but it fails like one.
            Calls += 1 - ownCalls;
            if (Calls + ownCalls >= FailsFrom)
            {
                throw new IOException("disk full");
            }
        }
    }
}
