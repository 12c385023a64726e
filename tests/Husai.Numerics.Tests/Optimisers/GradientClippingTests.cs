using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Optimisers;

[RunsOnEveryTier]
public class GradientClippingTests
{
    [Fact]
    public void Gradients_above_the_norm_are_brought_to_it_together()
    {
        var first = Matrix.From(new[,] { { 3f, 0f } });
        var second = Matrix.From(new[,] { { 0f, 0f }, { 4f, 0f } }).SliceColumns(0, 1);
        Assert.Equal(5.0, GradientClipping.Clip([first, second], 1.0));
        Assert.Equal(0.6f, first[0, 0], 1e-7f);
        Assert.Equal(0.8f, second[1, 0], 1e-7f);
        Assert.Equal(1.0, GradientClipping.Norm([first, second]), 1e-7);
    }

    [Fact]
    public void Gradients_within_the_norm_stay_as_they_are()
    {
        var gradient = Matrix.From(new[,] { { 0.3f, -0.4f } });
        Assert.Equal(0.5, GradientClipping.Clip([gradient], 0.6), 1e-7);
        Assert.Equal([0.3f, -0.4f], gradient.AsSpan().ToArray());
        Assert.Equal(1f, GradientClipping.Scale(0.25, 0.6));
        Assert.Equal(0.5f, GradientClipping.Scale(4, 1));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_norm_that_is_not_finite_is_returned_and_nothing_is_scaled(float bad)
    {
        var gradient = Matrix.From(new[,] { { 5f, bad } });
        Assert.Equal((double)bad, GradientClipping.Clip([gradient], 1.0));
        Assert.Equal([5f, bad], gradient.AsSpan().ToArray());
        Assert.Equal(1f, GradientClipping.Scale(bad, 1));
    }

    [Fact]
    public void A_maximum_of_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("maximumNorm", () => GradientClipping.Clip([], 0));
}
