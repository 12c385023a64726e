using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Tests.Kernels;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Optimisers;

[RunsOnEveryTier]
public sealed unsafe class FlushingAdamTests
{
    private const double Rate = 1e-3;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    [Fact]
    public void A_step_is_that_of_each_element_and_touches_whole_vectors_only()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var weights = TestMatrix.Normal(1, length, "adam.weights").AsSpan().ToArray();
            var gradients = TestMatrix.Normal(1, length, "adam.gradients").AsSpan().ToArray();
            var first = TestMatrix.Normal(1, length, "adam.first").AsSpan().ToArray();
            var second = Array.ConvertAll(TestMatrix.Normal(1, length, "adam.second").AsSpan().ToArray(), Math.Abs);
            var whole = length / Lanes.Count * Lanes.Count;
            var (expected, expectedFirst, expectedSecond) = ((float[])weights.Clone(), (float[])first.Clone(), (float[])second.Clone());
            for (var i = 0; i < whole; i++)
            {
                (expected[i], expectedFirst[i], expectedSecond[i]) = PlainStep(weights[i], first[i], second[i], gradients[i], step: 3);
            }

            var target = (float[])weights.Clone();
            fixed (float* to = target, w = weights, m = first, v = second, g = gradients)
            {
                new FlushingAdam(Rate, Beta1, Beta2, Epsilon, step: 3).Apply(to, w, m, v, g, length / Lanes.Count);
            }

            Assert.Equal(expected, target);
            Assert.Equal(expectedFirst, first);
            Assert.Equal(expectedSecond, second);
        }
    }

    [Fact]
    public void Moments_that_have_all_but_vanished_become_zero()
    {
        var (weights, gradients) = (new float[Lanes.Count], new float[Lanes.Count]);
        var (first, second) = (new float[Lanes.Count], new float[Lanes.Count]);
        first.AsSpan().Fill(-1e-36f);
        second.AsSpan().Fill(1e-36f);
        fixed (float* w = weights, m = first, v = second, g = gradients)
        {
            new FlushingAdam(Rate, Beta1, Beta2, Epsilon, step: 1).Apply(w, w, m, v, g, 1);
        }

        Assert.All(first.Concat(second).Concat(weights), value => Assert.Equal(0f, value));
    }

    private static (float Weight, float First, float Second) PlainStep(float weight, float first, float second, float gradient, int step)
    {
        var (beta1, beta2) = ((float)Beta1, (float)Beta2);
        var m = MathF.FusedMultiplyAdd(1 - beta1, gradient, beta1 * first);
        var v = MathF.FusedMultiplyAdd(1 - beta2, gradient * gradient, beta2 * second);
        var size = (float)(Rate / (1 - Power(Beta1, step)));
        var root = MathF.FusedMultiplyAdd(MathF.Sqrt(v), (float)(1 / Math.Sqrt(1 - Power(Beta2, step))), (float)Epsilon);
        return (weight - (size * m / root), m, v);
    }

    // Of three: value * value^2, as repeated squaring takes it.
    private static double Power(double value, int step) => step == 3 ? value * (value * value) : throw new NotSupportedException();
}
