using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Metrics;

namespace Husai.Autoencoders.Training;

/// <summary>How far a training is.</summary>
/// <param name="Index">Which of several trainings.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Rows">Rows of the steps taken.</param>
/// <param name="Batch">What the last step measured on its batch.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="K">Latents that may fire on a row, where the method has such a number.</param>
/// <param name="Metrics">The last evaluation; null before the first.</param>
public readonly record struct SaeProgress(
    int Index, long Step, long Steps, long Rows, BatchMeasures Batch, double LearningRate, int K, ReconstructionMetrics? Metrics)
{
    /// <summary>Loss of the last step.</summary>
    public double Loss => Batch.Loss;
}
