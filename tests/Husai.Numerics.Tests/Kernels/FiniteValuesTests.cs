using Husai.Numerics.Kernels;

namespace Husai.Numerics.Tests.Kernels;

public sealed class FiniteValuesTests
{
    [Theory]
    [InlineData(new float[0], -1)]
    [InlineData(new[] { float.MaxValue, -float.Epsilon, -0f }, -1)]
    [InlineData(new[] { 0, 1, float.NaN, float.NaN }, 2)]
    [InlineData(new[] { float.PositiveInfinity, 1 }, 0)]
    [InlineData(new[] { 1, float.NegativeInfinity }, 1)]
    public void The_first_value_that_is_not_finite_is_found(float[] values, int index) =>
        Assert.Equal(index, FiniteValues.IndexOfNotFinite(values));
}
