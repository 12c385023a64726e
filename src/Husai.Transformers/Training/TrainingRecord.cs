using System.Text.Json.Serialization;
using Husai.Transformers.Progress;

namespace Husai.Transformers.Training;

/// <summary>
/// One evaluation during training: a line of <c>metrics.jsonl</c>. All values are of the weights after <see cref="Epoch"/> epochs.
/// </summary>
internal sealed record TrainingRecord
{
    /// <summary>Starts before the one that this is of, in which epochs and steps count from 0 again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>Mean cross-entropy on the training pairs, in nats.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of the training pairs predicted.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Mean cross-entropy on the held-out pairs, in nats; NaN if there are none.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the held-out pairs predicted; NaN if there are none.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Learning rate of the step that follows.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Sum of the squares of all weights.</summary>
    public required double SumOfSquaredWeights { get; init; }

    /// <summary>The progress measures, at the epochs at which they were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProgressMeasures? Measures { get; init; }

    /// <summary>The evaluations of the start that a training came to last.</summary>
    /// <param name="records">Those of all starts, one start after another.</param>
    public static IReadOnlyList<TrainingRecord> OfLastStart(IReadOnlyList<TrainingRecord> records) =>
        records is [.., { Restarts: > 0 and var restarts }] ? [.. records.Where(record => record.Restarts == restarts)] : records;
}
