namespace Husai.Experiments.Trackers;

/// <summary>Passes everything on to several trackers, in order.</summary>
internal sealed class TrackerGroup(params IReadOnlyList<ITracker> trackers) : ITracker
{
    /// <inheritdoc/>
    public bool IsIdle => trackers.All(tracker => tracker.IsIdle);

    /// <inheritdoc/>
    public void Log(long step, IReadOnlyDictionary<string, double> metrics)
    {
        foreach (var tracker in trackers)
        {
            tracker.Log(step, metrics);
        }
    }

    /// <inheritdoc/>
    public void LogHistogram(long step, string name, ReadOnlySpan<float> values)
    {
        foreach (var tracker in trackers)
        {
            tracker.LogHistogram(step, name, values);
        }
    }

    /// <inheritdoc/>
    public void LogOutput(string line, bool isError = false)
    {
        foreach (var tracker in trackers)
        {
            tracker.LogOutput(line, isError);
        }
    }

    /// <inheritdoc/>
    public void Summary(IReadOnlyDictionary<string, double> values)
    {
        foreach (var tracker in trackers)
        {
            tracker.Summary(values);
        }
    }

    /// <inheritdoc/>
    public void Finish(int exitCode)
    {
        foreach (var tracker in trackers)
        {
            tracker.Finish(exitCode);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tracker in trackers)
        {
            tracker.Dispose();
        }
    }
}
