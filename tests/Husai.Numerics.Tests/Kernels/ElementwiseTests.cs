using Husai.Numerics.Kernels;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class ElementwiseTests
{
    [Fact]
    public void Every_operation_is_exact_at_every_length()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var x = TestMatrix.Normal(1, length, "elements.x").AsSpan().ToArray();
            var y = TestMatrix.Normal(1, length, "elements.y").AsSpan().ToArray();
            AssertEach(x, y, (a, b) => a + b, target => Elementwise.Add(target, y));
            AssertEach(x, y, (a, b) => a - b, target => Elementwise.Subtract(target, y));
            AssertEach(x, y, (a, b) => a * b, target => Elementwise.Multiply(target, y));
            AssertEach(x, y, (a, _) => a * 1.7f, target => Elementwise.Scale(target, 1.7f));
            AssertEach(x, y, (a, b) => MathF.FusedMultiplyAdd(b, 1.7f, a), target => Elementwise.MultiplyAdd(target, y, 1.7f));
        }
    }

    [Fact]
    public void Odd_numbers_follow_ieee_754_and_the_source_may_be_the_target()
    {
        var x = new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.MaxValue };
        Elementwise.Add(x, x);
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.PositiveInfinity], x);
        Assert.True(float.IsNegative(x[3]));
        Elementwise.Subtract(x, x);
        Assert.Equal([float.NaN, float.NaN, float.NaN, 0f, float.NaN], x);
    }

    [Fact]
    public void Wrong_lengths_and_partial_overlaps_are_refused()
    {
        var x = new float[8];
        var failure = Assert.Throws<ArgumentException>("source", () => Elementwise.Add(x, new float[7]));
        Assert.Contains("[7]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("[8]", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("target", () => Elementwise.MultiplyAdd(x.AsSpan(0, 4), x.AsSpan(2, 4), 2));
    }

    private static void AssertEach(float[] x, float[] y, Func<float, float, float> expected, Action<float[]> apply)
    {
        var actual = (float[])x.Clone();
        apply(actual);
        Assert.Equal(x.Zip(y, expected), actual);
    }
}
