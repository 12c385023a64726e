using Husai.Formats.Histograms;
using Husai.Formats.Wandb;

namespace Husai.Experiments.Trackers;

/// <summary>Keeps a run for Weights &amp; Biases: <c>wandb sync</c> uploads it later.</summary>
/// <remarks>W&amp;B wants one row per step: the values of a step are written when the next one begins, or at the end.</remarks>
internal sealed class WandbTracker : ITracker
{
    private readonly WandbOfflineWriter _writer;
    private readonly Dictionary<string, WandbValue> _row = [];
    private long _step;

    /// <summary>Starts a run.</summary>
    /// <param name="folder">Where runs are kept; the run goes to <c>wandb/offline-run-TIME-ID</c> below it.</param>
    /// <param name="run">Its names and configuration.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The run exists already, or the files cannot be created.</exception>
    public WandbTracker(string folder, WandbRun run, TimeProvider time)
        : this(new WandbOfflineWriter(folder, run, time))
    {
    }

    internal WandbTracker(WandbOfflineWriter writer) => _writer = writer;

    /// <summary>The run's folder, the argument of <c>wandb sync</c>.</summary>
    public string Folder => _writer.Folder;

    /// <inheritdoc/>
    public void Log(long step, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        BeginStep(step);
        foreach (var (name, value) in metrics)
        {
            _row[name] = value;
        }
    }

    /// <inheritdoc/>
    public void LogHistogram(long step, string name, ReadOnlySpan<float> values)
    {
        BeginStep(step);
        _row[name] = WandbValue.FromHistogram(new Histogram(values));
    }

    /// <inheritdoc/>
    public void LogOutput(string line, bool isError = false) => _writer.WriteOutput($"{line}\n", isError);

    /// <inheritdoc/>
    public void Summary(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        EndStep();
        _writer.WriteSummary(values.ToDictionary(pair => pair.Key, pair => WandbValue.FromDouble(pair.Value)));
    }

    /// <inheritdoc/>
    public void Finish(int exitCode)
    {
        EndStep();
        _writer.Finish(exitCode);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void BeginStep(long step)
    {
        if (step != _step)
        {
            EndStep();
            _step = step;
        }
    }

    private void EndStep()
    {
        if (_row.Count > 0)
        {
            _writer.WriteHistory(_step, _row);
            _row.Clear();
        }
    }
}
