using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>The seam for hardware: all that a trainer asks of whatever computes the steps.</summary>
internal interface ITrainingEngine
{
    /// <summary>Weights, moments and counters. May be changed between steps, if <see cref="Reload"/> is called afterwards.</summary>
    TrainingWeights Weights { get; }

    /// <summary>Computes loss and gradients on a batch and updates the weights.</summary>
    /// <param name="batch"><c>[rows, width]</c>, at most as many rows as the settings say.</param>
    /// <param name="step">What the schedules say.</param>
    BatchMeasures Step(Matrix batch, in StepSettings step);

    /// <summary>Takes up weights that were changed from outside.</summary>
    void Reload();
}
