namespace Husai.Autoencoders.Training;

/// <summary>The loss stopped being a number.</summary>
public sealed class SaeDivergedException(long step)
    : Exception(
        $"the loss of step {step} is not a number: the learning rate is too high, or the activations are too large or too small for "
            + $"32-bit floats")
{
    /// <summary>Number of the step, from 1 on.</summary>
    public long Step { get; } = step;
}
