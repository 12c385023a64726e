namespace Husai.Experiments.Trackers;

/// <summary>Keeps a tracker's failure away from the training: it warns once, and from then on does nothing.</summary>
internal sealed class SafeTracker : ITracker
{
    private readonly Action<string> _warn;
    private ITracker? _tracker;

    /// <summary>Opens a tracker; if that fails, warns and tracks nothing.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="warn">Takes the one warning, a line of text.</param>
    public SafeTracker(Func<ITracker> open, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(warn);
        _warn = warn;
        try
        {
            _tracker = open();
        }
        catch (Exception error) when (IsBearable(error))
        {
            Warn("the tracker", error);
        }
    }

    /// <inheritdoc/>
    public bool IsIdle => _tracker is null;

    /// <inheritdoc/>
    public void Log(long step, IReadOnlyDictionary<string, double> metrics) =>
        Try(tracker => tracker.Log(step, metrics));

    /// <inheritdoc/>
    public void LogHistogram(long step, string name, ReadOnlySpan<float> values)
    {
        // A span cannot enter a lambda: this method repeats what Try does.
        try
        {
            _tracker?.LogHistogram(step, name, values);
        }
        catch (Exception error) when (IsBearable(error))
        {
            GiveUp(error);
        }
    }

    /// <inheritdoc/>
    public void LogOutput(string line, bool isError = false) => Try(tracker => tracker.LogOutput(line, isError));

    /// <inheritdoc/>
    public void Summary(IReadOnlyDictionary<string, double> values) => Try(tracker => tracker.Summary(values));

    /// <inheritdoc/>
    public void Finish(int exitCode) => Try(tracker => tracker.Finish(exitCode));

    /// <inheritdoc/>
    public void Dispose() => Try(tracker => tracker.Dispose());

    // Without memory, or with a broken process, training cannot continue either.
    private static bool IsBearable(Exception error) => error is not (OutOfMemoryException or AccessViolationException);

    private void Try(Action<ITracker> action)
    {
        try
        {
            if (_tracker is { } tracker)
            {
                action(tracker);
            }
        }
        catch (Exception error) when (IsBearable(error))
        {
            GiveUp(error);
        }
    }

    private void GiveUp(Exception error)
    {
        var failed = _tracker!;
        _tracker = null;
        Warn(failed.GetType().Name, error);
        try
        {
            failed.Dispose();
        }
        catch (Exception second) when (IsBearable(second))
        {
            // It has been reported as failed already.
        }
    }

    private void Warn(string who, Exception error) =>
        _warn($"{who} failed and is switched off; the training continues: {error.Message.ReplaceLineEndings(" ")}");
}
