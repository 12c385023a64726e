using System.Text.Json.Serialization;
using Husai.Transformers.Progress;

namespace Husai.Experiments.Studies.Results;

/// <summary>A trained transformer of a study.</summary>
internal sealed record TransformerResult
{
    internal const string FileName = "result.json";

    /// <summary>Hash of all weights.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>Starts before the one that counts, which came to their end without passing the gate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>First evaluated epoch with a training accuracy of at least .99, if any.</summary>
    public int? MemorisedEpoch { get; init; }

    /// <summary>First evaluated epoch with training and held-out accuracy of at least .99, if any.</summary>
    public int? GrokEpoch { get; init; }

    /// <summary>Mean cross-entropy on the training pairs, in nats.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of the training pairs predicted.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Mean cross-entropy on the held-out pairs, in nats.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the held-out pairs predicted.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>The progress measures, or null where they have no meaning.</summary>
    public ProgressMeasures? Measures { get; init; }

    /// <summary>The conditions of the gate.</summary>
    public required IReadOnlyList<GateCheck> Gate { get; init; }

    /// <summary>Norm of the embedding's waves at each frequency from 1 on.</summary>
    public required IReadOnlyList<double> EmbeddingSpectrum { get; init; }

    /// <summary>Whether all conditions of the gate are met.</summary>
    public bool PassesGate() => Gate.All(check => check.Ok);
}
