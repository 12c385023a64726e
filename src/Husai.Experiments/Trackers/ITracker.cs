using System.Diagnostics.CodeAnalysis;

namespace Husai.Experiments.Trackers;

/// <summary>Receives what a run measures while it trains. Use from one thread at a time.</summary>
/// <remarks>Disposing without <see cref="Finish"/> leaves a run that counts as crashed.</remarks>
[SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "Step is what the field calls it.")]
internal interface ITracker : IDisposable
{
    /// <summary>Whether nothing comes of what it is told, so that nothing need be counted for it.</summary>
    bool IsIdle => false;

    /// <summary>Takes the metrics of a step. Steps never fall; several calls for one step add up.</summary>
    /// <param name="step">The training step.</param>
    /// <param name="metrics">Values by name; they may be NaN or infinite.</param>
    void Log(long step, IReadOnlyDictionary<string, double> metrics);

    /// <summary>Takes the distribution of many values at a step.</summary>
    void LogHistogram(long step, string name, ReadOnlySpan<float> values);

    /// <summary>Takes a line of the run's console.</summary>
    /// <param name="line">The text, without a line end.</param>
    /// <param name="isError">Whether it tells of something that went wrong.</param>
    void LogOutput(string line, bool isError = false);

    /// <summary>Takes values that describe the run as a whole.</summary>
    void Summary(IReadOnlyDictionary<string, double> values);

    /// <summary>Ends the run and closes what it wrote to.</summary>
    /// <param name="exitCode">0 for success.</param>
    void Finish(int exitCode);
}
