using Husai.Formats.Histograms;
using Husai.Formats.TensorBoard;

namespace Husai.Experiments.Trackers;

/// <summary>Shows a run in TensorBoard.</summary>
internal sealed class TensorBoardTracker : ITracker
{
    private readonly TensorBoardEventWriter _writer;
    private long _lastStep;

    /// <summary>Starts an event file in a folder, which is the run.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public TensorBoardTracker(string folder, TimeProvider time)
        : this(new TensorBoardEventWriter(folder, time))
    {
    }

    internal TensorBoardTracker(TensorBoardEventWriter writer) => _writer = writer;

    /// <inheritdoc/>
    public void Log(long step, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _lastStep = step;
        foreach (var (name, value) in metrics)
        {
            _writer.WriteScalar(name, step, (float)value);
        }
    }

    /// <inheritdoc/>
    public void LogHistogram(long step, string name, ReadOnlySpan<float> values) =>
        _writer.WriteHistogram(name, step, new Histogram(values, 30));

    /// <summary>Does nothing: TensorBoard has no console.</summary>
    public void LogOutput(string line, bool isError = false)
    {
    }

    /// <summary>Writes the values as scalars named <c>summary/NAME</c> at the last step.</summary>
    public void Summary(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
        {
            _writer.WriteScalar($"summary/{name}", _lastStep, (float)value);
        }
    }

    /// <inheritdoc/>
    public void Finish(int exitCode) => _writer.Dispose();

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
