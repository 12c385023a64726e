using System.Globalization;
using Husai.Cli.Output;
using Husai.Transformers.Training;

namespace Husai.Cli.Commands.Transformer;

/// <summary>Progress of a transformer's training: a line for each start, whose epochs count from 0 again.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="options">The training.</param>
/// <param name="restarts">Starts before the one at work.</param>
/// <param name="epoch">Epochs that it was trained already.</param>
internal sealed class StartProgress(IConsoleOutput output, TransformerTrainingOptions options, int restarts, int epoch) : IDisposable
{
    private ProgressLine _line = Line(output, options, restarts, epoch);
    private int _restarts = restarts;

    /// <summary>Takes an evaluation.</summary>
    public void Report(TrainingRecord record, string note)
    {
        if (record.Restarts != _restarts)
        {
            _line.Dispose();
            _restarts = record.Restarts;
            _line = Line(output, options, _restarts, record.Epoch);
        }

        _line.Report(record.Epoch, note);
    }

    /// <summary>Clears the line in a terminal.</summary>
    public void Dispose() => _line.Dispose();

    private static ProgressLine Line(IConsoleOutput output, TransformerTrainingOptions options, int restarts, int epoch) => output.Progress(
        restarts > 0
            ? string.Create(CultureInfo.InvariantCulture, $"training, restart {restarts} of at most {options.Restarts}")
            : "training",
        options.Epochs, epoch, "epochs");
}
