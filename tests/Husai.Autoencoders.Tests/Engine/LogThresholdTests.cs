using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>Thresholds that learn by their logarithms: by the chain rule, against thresholds that learn themselves.</summary>
public sealed class LogThresholdTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void The_gradient_of_a_logarithm_is_that_of_the_threshold_times_the_threshold(double denseAbove)
    {
        var golden = new GoldenCase("jumprelu");
        var (direct, logarithms) = (golden.InitialWeights(), golden.InitialWeights());
        var thresholds = direct.Own(JumpReluMethod.Threshold).Values.Row(0)[..direct.Latents].ToArray();
        for (var latent = 0; latent < thresholds.Length; latent++)
        {
            logarithms.Own(JumpReluMethod.Threshold).Values[0, latent] = (float)Math.Log(thresholds[latent]);
        }

        var settings = golden.Settings with { DenseAbove = denseAbove };
        new CpuEngine(settings, direct, Workers.Alone).Step(golden.Batch(0), golden.Step);
        new CpuEngine(settings with { LearnsLogThreshold = true }, logarithms, Workers.Alone).Step(golden.Batch(0), golden.Step);

        var (expected, actual) = (direct.Own(JumpReluMethod.Threshold).FirstMoment, logarithms.Own(JumpReluMethod.Threshold).FirstMoment);
        var largest = expected.AsSpan().ToArray().Max(Math.Abs);
        for (var latent = 0; latent < thresholds.Length; latent++)
        {
            Assert.Equal(expected[0, latent] * thresholds[latent], actual[0, latent], 1e-5 * largest);
        }

        Assert.True(largest > 0);
    }
}
