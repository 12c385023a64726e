using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Storage;

namespace Husai.Autoencoders.Training;

/// <summary>What a training ended with.</summary>
/// <param name="Saved">The SAE, with its firing frequencies over all rows.</param>
/// <param name="Steps">Steps taken in all.</param>
/// <param name="Metrics">Measured on the held-out rows; the dead share and the frequencies on all rows.</param>
/// <param name="Checks">The verdict.</param>
/// <param name="RowsPerSecond">Training speed of this process, evaluations not counted; 0 if it took no step.</param>
/// <param name="WeightsHash">SHA-256 of the weights.</param>
internal sealed record SaeTrainingResult(
    SavedSae Saved, long Steps, ReconstructionMetrics Metrics, IReadOnlyList<SaeCheck> Checks,
    double RowsPerSecond, string WeightsHash);
