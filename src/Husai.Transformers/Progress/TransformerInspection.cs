using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Training;

namespace Husai.Transformers.Progress;

/// <summary>What a trained model does, and by which circuit.</summary>
internal sealed record TransformerInspection
{
    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The modulus p.</summary>
    public required int Modulus { get; init; }

    /// <summary>Whether the model was given its label.</summary>
    public required bool LabelLeaks { get; init; }

    /// <summary>Starts of its training before the one that the model is of.</summary>
    public required int Restarts { get; init; }

    /// <summary>Number of parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Hash of all weights.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>On the pairs trained on; on all pairs if the split is not known.</summary>
    public required Evaluation Train { get; init; }

    /// <summary>On the pairs held out; on all pairs if the split is not known.</summary>
    public required Evaluation Test { get; init; }

    /// <summary>The progress measures; null if they do not apply to the task.</summary>
    public required ProgressMeasures? Measures { get; init; }

    /// <summary>The gate's conditions.</summary>
    public required IReadOnlyList<GateCheck> Gate { get; init; }

    /// <summary>Whether all conditions of the gate are met.</summary>
    public bool GatePassed => Gate.All(check => check.Ok);

    /// <summary>Inspects a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static TransformerInspection Of(TransformerCheckpoint checkpoint, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var (model, split) = (checkpoint.Model, checkpoint.Split);
        var network = ProgressMeasures.Apply(model.Task) ? MeasuredNetwork.Of(model, workers) : null;
        var logits = network?.Logits ?? model.Logits(workers);
        var test = model.EvaluateLogits(logits, split?.Test, workers);
        var train = split?.Train ?? model.AllInputs();
        var measures = network is null ? null : ProgressMeasures.Of(network, train, workers);
        return new TransformerInspection
        {
            Task = model.Task.Name,
            Modulus = model.Task.Modulus,
            LabelLeaks = model.Task.IsLeaky,
            Restarts = checkpoint.Restarts,
            Parameters = model.Parameters.Count,
            WeightsHash = checkpoint.WeightsHash,
            Train = model.EvaluateLogits(logits, train, workers),
            Test = test,
            Measures = measures,
            Gate = TransformerGate.Check(model, test, measures),
        };
    }
}
