using Husai.Transformers.Models;

namespace Husai.Transformers.Training;

/// <summary>Where a trainer puts what shall last.</summary>
internal interface ITrainingStore
{
    /// <summary>An evaluation.</summary>
    void Append(TrainingRecord record);

    /// <summary>A model with the smallest held-out loss of its start so far.</summary>
    void SaveBest(Transformer model, TrainingRecord record);

    /// <summary>A model at a chosen epoch of a start.</summary>
    void SaveCheckpoint(Transformer model, int epoch, int restarts);

    /// <summary>Everything from which training can go on to the same bits.</summary>
    void SaveState(TransformerTrainer trainer);
}
