using Husai.Numerics.Optimisers;
using Husai.Numerics.Tests.Kernels;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Optimisers;

[RunsOnEveryTier]
public class AdamTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Ten_steps_are_the_reference_at_every_length(double decay)
    {
        foreach (var length in TestMatrix.Widths.Where(length => length < 40 || length > 125))
        {
            var settings = new AdamSettings(1e-2, 0.9, 0.98, 1e-8, decay);
            var weights = TestMatrix.Normal(1, length, "adam.weights").AsSpan().ToArray();
            var (first, second) = (new float[length], new float[length]);
            var reference = new ReferenceAdam(FiniteDifference.Doubles(weights), settings);
            for (var step = 1; step <= 10; step++)
            {
                var gradient = TestMatrix.Normal(1, length, $"adam.{step}").AsSpan().ToArray();
                Adam.Step(weights, first, second, gradient, settings, step, gradientScale: 0.5f);
                reference.Step(gradient, step, 0.5);
            }

            for (var i = 0; i < length; i++)
            {
                Close.Equal(reference.First[i], first[i], roundings: 10, scale: 0.1);
                Close.Equal(reference.Second[i], second[i], roundings: 20, scale: 0);
                Close.Equal(reference.Weights[i], weights[i], roundings: 20, scale: 0.1);
            }
        }
    }

    [Fact]
    public void A_gradient_of_zero_moves_nothing_and_nan_stays_in_its_element()
    {
        var weights = Enumerable.Repeat(1f, 20).ToArray();
        var gradient = new float[20];
        gradient[17] = float.NaN;
        Adam.Step(weights, new float[20], new float[20], gradient, new AdamSettings(0.1), 1);
        Assert.Equal(float.NaN, weights[17]);
        Assert.All(weights.Where((_, i) => i != 17), weight => Assert.Equal(1f, weight));
    }

    [Fact]
    public void The_number_of_threads_does_not_matter() => Crews.AssertSameBits(workers =>
    {
        var state = TestMatrix.Normal(3, 40_001, "adam.threads");
        state.Row(1).Clear();
        state.Row(2).Clear();
        var gradient = TestMatrix.Normal(1, 40_001, "adam.gradient");
        Adam.Step(state.Row(0), state.Row(1), state.Row(2), gradient.AsSpan(), new AdamSettings(1e-3), 3, 1f, workers);
        return state;
    });

    [Fact]
    public void Wrong_lengths_overlaps_and_steps_are_refused()
    {
        var x = new float[8];
        var settings = new AdamSettings(0.1);
        Assert.Throws<ArgumentException>("secondMoment", () => Adam.Step(x, new float[8], new float[7], new float[8], settings, 1));
        Assert.Throws<ArgumentException>("gradient", () => Adam.Step(x, new float[8], new float[8], new float[9], settings, 1));
        Assert.Throws<ArgumentException>("weights", () => Adam.Step(x, x, new float[8], new float[8], settings, 1));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => Adam.Step(x, new float[8], new float[8], new float[8], settings, 0));
    }

    private sealed class ReferenceAdam(double[] weights, AdamSettings settings)
    {
        public double[] Weights { get; } = weights;

        public double[] First { get; } = new double[weights.Length];

        public double[] Second { get; } = new double[weights.Length];

        public void Step(float[] gradient, int step, double scale)
        {
            for (var i = 0; i < Weights.Length; i++)
            {
                var g = gradient[i] * scale;
                Weights[i] *= 1 - settings.LearningRate * settings.WeightDecay;
                First[i] = settings.Beta1 * First[i] + (1 - settings.Beta1) * g;
                Second[i] = settings.Beta2 * Second[i] + (1 - settings.Beta2) * g * g;
                var denominator = Math.Sqrt(Second[i]) / Math.Sqrt(1 - Math.Pow(settings.Beta2, step)) + settings.Epsilon;
                Weights[i] -= settings.LearningRate / (1 - Math.Pow(settings.Beta1, step)) * First[i] / denominator;
            }
        }
    }
}
