namespace Husai.Transformers.Training;

/// <summary>Training failed: the loss is not a number or too large. The weights are those before the failing step.</summary>
internal sealed class TrainingDivergedException : Exception
{
    /// <summary>Says at which step, and what the loss was.</summary>
    public TrainingDivergedException(long step, double loss)
        : base(
            $"training diverged at step {step}: the loss is {loss:g6}; lower the learning rate, or clip gradients by maximum_gradient_norm")
    {
        Step = step;
        Loss = loss;
    }

    /// <summary>The step, from 1 on.</summary>
    public long Step { get; }

    /// <summary>The loss.</summary>
    public double Loss { get; }
}
