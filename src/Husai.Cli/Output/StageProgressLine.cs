using Husai.Analysis.Stability;

namespace Husai.Cli.Output;

/// <summary>
/// Progress of work in stages: a line for each stage under its name. The silence of short work counts from the first stage on.
/// </summary>
internal sealed class StageProgressLine(TextWriter writer, int terminalWidth, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(0.5);
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
                // The name alone is shown at once; a rate means something only after a while.
                var rest = ProgressLine.Silence - time.GetElapsedTime(_start);
                var least = progress.Done == 0 ? TimeSpan.Zero : LeastTime;
                _line = new ProgressLine(writer, terminalWidth, time, progress.Stage, progress.Total, silence: rest > least ? rest : least);
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
