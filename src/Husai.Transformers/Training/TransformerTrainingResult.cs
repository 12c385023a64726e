using System.Text.Json.Serialization;

namespace Husai.Transformers.Training;

/// <summary>How a training ended: all but the speed is of its last start.</summary>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="MemorisedEpoch">First evaluated epoch with a training accuracy of at least .99, if any.</param>
/// <param name="GrokEpoch">First evaluated epoch with training and held-out accuracy of at least .99, if any.</param>
/// <param name="GrokStep">The step of that epoch.</param>
/// <param name="Last">The evaluation of the final weights.</param>
/// <param name="StoppedEarly">Whether a condition ended it before its last epoch: held-out loss, held-out accuracy, or the gate.</param>
/// <param name="StepsPerSecond">Steps a second, evaluations included, since training was started or resumed.</param>
internal sealed record TransformerTrainingResult(
    int Epochs, long Steps, int? MemorisedEpoch, int? GrokEpoch, long? GrokStep, TrainingRecord Last, bool StoppedEarly,
    double StepsPerSecond)
{
    /// <summary>Starts before the last, which came to their end without passing the gate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Whether training and held-out accuracy have both been at least .99.</summary>
    public bool Grokked => GrokEpoch is not null;
}
