using System.Diagnostics;

namespace Husai.Benchmarks.Trackers;

/// <summary>The time of a training, and how much of it went into its trackers.</summary>
internal sealed class TrackerShare
{
    private readonly Stopwatch _whole = Stopwatch.StartNew();
    private readonly Stopwatch _opening = new();
    private readonly Stopwatch _reports = new();
    private readonly Stopwatch _closing = new();

    public double Seconds => _whole.Elapsed.TotalSeconds;

    public double Opening => _opening.Elapsed.TotalSeconds;

    public double Reports => _reports.Elapsed.TotalSeconds;

    public double Closing => _closing.Elapsed.TotalSeconds;

    public double InTrackers => Opening + Reports + Closing;

    public T Open<T>(Func<T> open)
    {
        _opening.Start();
        var result = open();
        _opening.Stop();
        return result;
    }

    public void Report(Action report)
    {
        _reports.Start();
        report();
        _reports.Stop();
    }

    /// <summary>The work is done: all that is left are the trackers.</summary>
    public void BeginClosing() => _closing.Start();

    public void End()
    {
        _closing.Stop();
        _whole.Stop();
    }
}
