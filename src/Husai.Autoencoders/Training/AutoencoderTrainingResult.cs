using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Storage;

namespace Husai.Autoencoders.Training;

/// <summary>What a training ended with.</summary>
/// <param name="Saved">The autoencoder, with its firing frequencies over all rows.</param>
/// <param name="Steps">Steps taken in all.</param>
/// <param name="Metrics">Measured on the held-out rows; the dead share and the frequencies on all rows.</param>
/// <param name="Checks">The verdict.</param>
/// <param name="RowsPerSecond">Training speed of this process, evaluations not counted; 0 if it took no step.</param>
/// <param name="WeightsHash">SHA-256 of the weights.</param>
public sealed record AutoencoderTrainingResult(
    SavedAutoencoder Saved, long Steps, ReconstructionMetrics Metrics, IReadOnlyList<AutoencoderCheck> Checks,
    double RowsPerSecond, string WeightsHash);

/// <summary>How far a training is.</summary>
/// <param name="Index">Which of several trainings.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Rows">Rows of the steps taken.</param>
/// <param name="Loss">Loss of the last step.</param>
/// <param name="Metrics">The last evaluation; null before the first.</param>
public readonly record struct AutoencoderProgress(
    int Index, long Step, long Steps, long Rows, double Loss, ReconstructionMetrics? Metrics)
{
    /// <summary>What the last step measured on its batch.</summary>
    public BatchMeasures Batch { get; init; }
}

/// <summary>What a step measures on its batch.</summary>
/// <param name="ReconstructionLoss">Part of the loss that is the reconstruction's.</param>
/// <param name="SparsityLoss">Part of the loss that is the sparsity penalty's.</param>
/// <param name="AuxiliaryLoss">Part of the loss that is the dead latents' (AuxK).</param>
/// <param name="DeadLatents">Latents that have not fired for long.</param>
/// <param name="L0">Mean number of active latents of a row.</param>
/// <param name="LearningRate">Learning rate of the step.</param>
/// <param name="K">Latents that may fire on a row, where the method has such a number.</param>
public readonly record struct BatchMeasures(
    double ReconstructionLoss, double SparsityLoss, double AuxiliaryLoss, int DeadLatents, double L0, double LearningRate, int K);
