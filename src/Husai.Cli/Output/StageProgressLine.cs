using Husai.Analysis;

namespace Husai.Cli.Output;

/// <summary>Progress of work in stages: a line for each stage under its name. The silence of short work counts from the first stage on.</summary>
internal sealed class StageProgressLine(TextWriter writer, int terminalWidth, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private ProgressLine? _line;
    private string? _stage;

    /// <summary>Tells how far a stage has come; a stage of another name ends the one before. Safe from any thread.</summary>
    public void Report(StageProgress progress)
    {
        lock (_lock)
        {
            if (_stage != progress.Stage)
            {
                _line?.Dispose();
                var silence = ProgressLine.Silence - time.GetElapsedTime(_start);
                _line = new ProgressLine(
                    writer, terminalWidth, time, progress.Stage, progress.Total, silence: silence > TimeSpan.Zero ? silence : TimeSpan.Zero);
                _stage = progress.Stage;
            }

            _line!.Report(progress.Done);
        }
    }

    /// <summary>Clears the line in a terminal.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _line?.Dispose();
        }
    }
}
