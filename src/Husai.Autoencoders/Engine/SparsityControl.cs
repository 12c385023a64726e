using Husai.Numerics.Functions;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Steers the weight of a sparsity penalty to an L0, a little after each step: up where the smoothed L0 is above the target, down where it
/// is below, and hardly at all while it moves towards the target by itself (the controller of SynthSAEBench, arXiv 2602.14687).
/// </summary>
internal sealed class SparsityControl
{
    private const double L0Momentum = 0.99;
    private const double TrendMomentum = 0.95;
    private const double StepSize = 3e-4;
    private const double Steepness = 10;
    private const double GainTowardsTarget = 0.01;
    private const double Least = 0.01;
    private const double Most = 100;

    /// <summary>What the penalty's weight is multiplied with.</summary>
    public double Multiplier { get; private set; } = 1;

    /// <summary>Smoothed L0 of the batches; below 0 before the first.</summary>
    public double SmoothedL0 { get; private set; } = -1;

    /// <summary>Smoothed change of the smoothed L0 over a step.</summary>
    public double Trend { get; private set; }

    /// <summary>Takes in the L0 of a batch.</summary>
    /// <param name="l0">Mean number of active latents.</param>
    /// <param name="target">What it is to be.</param>
    public void Observe(double l0, double target)
    {
        var before = SmoothedL0 < 0 ? l0 : SmoothedL0;
        SmoothedL0 = L0Momentum * before + (1 - L0Momentum) * l0;
        Trend = TrendMomentum * Trend + (1 - TrendMomentum) * (SmoothedL0 - before);
        var excess = SmoothedL0 - target;
        var gain = excess * Trend < 0 ? GainTowardsTarget : 1;
        var change = Math.Sign(excess) * StepSize * gain * Tanh(Steepness * Math.Abs(excess) / target);
        Multiplier = Math.Clamp(Multiplier * (1 + change), Least, Most);
    }

    /// <summary>Takes up the state of an interrupted training.</summary>
    public void Restore(double multiplier, double smoothedL0, double trend) =>
        (Multiplier, SmoothedL0, Trend) = (multiplier, smoothedL0, trend);

    private static double Tanh(double x) => 1 - 2 / (Transcendental.Exp(2 * x) + 1);
}
