using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Training;

/// <summary>Learning rate, k and sparsity weight over the steps, all piecewise linear.</summary>
internal sealed class StepSchedule(ResolvedOptions options, long steps)
{
    /// <summary>The settings of a step.</summary>
    /// <param name="step">From 0 on.</param>
    public StepSettings At(long step)
    {
        var warmUp = options.WarmUpFraction * steps;
        var decay = options.DecayFraction * steps;
        var rise = Math.Min(1, (step + 1) / Math.Max(warmUp, 1));
        var fall = decay <= 0 ? 1 : Math.Min(1, (steps - step) / Math.Max(decay, 1));
        var sparsity = Math.Min(1, (step + 1) / Math.Max(options.SparsityWarmUpFraction * steps, 1));
        return new StepSettings(
            options.Given.LearningRate * Math.Min(rise, fall), KAt(step), sparsity, step >= options.ControlStartFraction * steps);
    }

    private int KAt(long step)
    {
        var k = Math.Min(options.Given.K, options.Latents);
        var start = Math.Min(options.KAnnealStart, options.Latents);
        var annealing = options.Given.KAnnealFraction * steps;
        return step >= annealing || start <= k ? k : (int)Math.Round(start + (k - start) * (step / annealing));
    }
}
