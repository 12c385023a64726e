using Husai.Experiments.Trackers;

namespace Husai.Experiments.Tests.Trackers;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingTracker : ITracker
{
    public List<int> ExitCodes { get; } = [];

    public List<(string Line, bool IsError)> Output { get; } = [];

    public void Log(long step, IReadOnlyDictionary<string, double> metrics)
    {
    }

    public void LogHistogram(long step, string name, ReadOnlySpan<float> values)
    {
    }

    public void LogOutput(string line, bool isError = false) => Output.Add((line, isError));

    public void Summary(IReadOnlyDictionary<string, double> values)
    {
    }

    public void Finish(int exitCode) => ExitCodes.Add(exitCode);

    public void Dispose()
    {
    }
}
