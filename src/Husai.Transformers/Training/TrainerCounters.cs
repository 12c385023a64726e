using System.Text.Json.Serialization;

namespace Husai.Transformers.Training;

/// <summary>What a trainer knows besides weights and moments; with them, all that resuming needs.</summary>
internal sealed record TrainerCounters
{
    /// <summary>Steps taken; the order of mini-batches follows from it.</summary>
    public long Step { get; init; }

    /// <summary>The epoch of the last evaluation; -1 before the first.</summary>
    public int EvaluatedEpoch { get; init; } = -1;

    /// <summary>Smallest held-out loss so far.</summary>
    public double BestTestLoss { get; init; } = double.PositiveInfinity;

    /// <summary>First evaluated epoch at which training accuracy was at least .99.</summary>
    public int? MemorisedEpoch { get; init; }

    /// <summary>First evaluated epoch at which training and held-out accuracy were at least .99.</summary>
    public int? GrokEpoch { get; init; }

    /// <summary>Step of that epoch.</summary>
    public long? GrokStep { get; init; }

    /// <summary>The epoch at which clean-up began.</summary>
    public int? CleanUpEpoch { get; init; }

    /// <summary>Starts before this one; all else here is of this one alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Steps of the starts before this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long EarlierSteps { get; init; }

    /// <summary>Whether the start has come to its end.</summary>
    public bool Finished { get; init; }

    /// <summary>Whether a condition ended training before its last epoch: held-out loss, held-out accuracy, or the gate.</summary>
    public bool StoppedEarly { get; init; }
}
