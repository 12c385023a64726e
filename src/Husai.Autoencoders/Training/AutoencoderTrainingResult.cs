namespace Husai.Autoencoders;

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
    int Index, long Step, long Steps, long Rows, double Loss, ReconstructionMetrics? Metrics);
