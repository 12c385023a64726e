using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Tests.Training;
using Husai.Autoencoders.Training;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Engine;

public sealed class SparsityControlTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(4000)]
    public void The_multiplier_follows_the_plain_recurrence_and_stays_within_its_bounds(double mean)
    {
        const double target = 25;
        var random = new RandomStream(3, "l0");
        var control = new SparsityControl();
        double multiplier = 1, smoothed = 0, trend = 0;
        for (var step = 0; step < 30_000; step++)
        {
            var l0 = mean * (0.5 + random.NextDouble()) * (1 + 0.5 * Math.Sin(step / 700.0));
            var before = smoothed = step == 0 ? l0 : smoothed;
            smoothed = 0.99 * smoothed + 0.01 * l0;
            trend = 0.95 * trend + 0.05 * (smoothed - before);
            var excess = smoothed - target;
            multiplier *= 1 + Math.Sign(excess) * 3e-4 * (excess * trend < 0 ? 0.01 : 1) * Math.Tanh(10 * Math.Abs(excess) / target);
            multiplier = Math.Min(Math.Max(multiplier, 0.01), 100);

            control.Observe(l0, target);

            Assert.Equal(multiplier, control.Multiplier, 1e-9 * multiplier);
        }

        Assert.Equal(smoothed, control.SmoothedL0, 1e-9 * smoothed);
        Assert.Equal(trend, control.Trend, 1e-9);
        Assert.InRange(control.Multiplier, 0.01, 100);
    }

    [Fact]
    public void A_penalty_that_is_steered_comes_nearer_to_the_wanted_l0()
    {
        var source = new MatrixActivations(SyntheticActivations.Create(1100));
        var options = new SaeOptions
        {
            Architecture = "relu",
            ExpansionFactor = 3,
            L1Coefficient = 0.02,
            LearningRate = 3e-3,
            BatchSize = 5,
            Epochs = 60,
            EvaluateEvery = 0,
        };

        var free = new SaeTrainer(options, source).Train().Metrics.L0;
        var steered = new SaeTrainer(options with { ControlledL0 = 4, ControlStartFraction = 0.1 }, source).Train().Metrics.L0;

        Assert.True(Math.Abs(steered - 4) < Math.Abs(free - 4) / 2, $"L0 {free}, steered {steered}");
    }
}
