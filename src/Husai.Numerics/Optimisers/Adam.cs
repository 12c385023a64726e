namespace Husai.Numerics;

/// <summary>Settings of Adam and AdamW.</summary>
/// <param name="LearningRate">Step size of this step, schedule applied.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Decoupled weight decay (Loshchilov and Hutter 2019): weights shrink by learning rate x decay; 0 is Adam.</param>
public readonly record struct AdamSettings(
    float LearningRate, float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-8f, float WeightDecay = 0f);

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) and AdamW, one pass over the memory.</summary>
public static class Adam
{
    /// <summary>Takes one step.</summary>
    /// <param name="weights">Updated.</param>
    /// <param name="firstMoment">Updated; as long as the weights.</param>
    /// <param name="secondMoment">Updated; as long as the weights.</param>
    /// <param name="gradient">As long as the weights.</param>
    /// <param name="settings">Settings of this step.</param>
    /// <param name="step">Number of this step, from 1 on.</param>
    /// <param name="gradientScale">Factor on the gradient, such as from clipping.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void Step(
        Span<float> weights, Span<float> firstMoment, Span<float> secondMoment, ReadOnlySpan<float> gradient,
        in AdamSettings settings, long step, float gradientScale = 1f, Workers? workers = null)
    {
        var correction1 = 1 - Math.Pow(settings.Beta1, step);
        var correction2 = 1 - Math.Pow(settings.Beta2, step);
        for (var i = 0; i < weights.Length; i++)
        {
            var g = gradient[i] * gradientScale;
            firstMoment[i] = settings.Beta1 * firstMoment[i] + (1 - settings.Beta1) * g;
            secondMoment[i] = settings.Beta2 * secondMoment[i] + (1 - settings.Beta2) * g * g;
            var root = (float)(Math.Sqrt(secondMoment[i] / correction2) + settings.Epsilon);
            weights[i] -= settings.LearningRate * settings.WeightDecay * weights[i];
            weights[i] -= (float)(settings.LearningRate / correction1) * firstMoment[i] / root;
        }
    }
}

/// <summary>Gradient clipping by the global norm of all gradients (Pascanu et al. 2013, algorithm 1).</summary>
public static class GradientClipping
{
    /// <summary>The factor that brings a gradient of this squared norm to at most <paramref name="maximumNorm"/>: 1 when it is not above.</summary>
    public static float Scale(double sumOfSquares, double maximumNorm)
    {
        var norm = Math.Sqrt(sumOfSquares);
        return norm > maximumNorm ? (float)(maximumNorm / norm) : 1f;
    }
}
