using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Functions;

[RunsOnEveryTier]
public class SinglePrecisionFunctionTests
{
    [Fact]
    public void Exp_is_within_one_unit_in_the_last_place()
    {
        var error = LargestError(-105f, 89f, x => Exponential.Exp(x), Transcendental.Exp);
        Assert.True(error < 1, $"the largest error is {error} ulp");
    }

    [Fact]
    public void Erf_is_within_one_unit_in_the_last_place()
    {
        var error = LargestError(-4.5f, 4.5f, x => ErrorFunction.Erf(x), Transcendental.Erf);
        Assert.True(error < 1, $"the largest error is {error} ulp");
    }

    [Theory]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f, -1f)]
    [InlineData(0f, 1f, 0f)]
    public void Exp_and_erf_have_their_limits(float x, float exp, float erf)
    {
        Assert.Equal(exp, Exponential.Exp(Vector512.Create(x)).ToScalar());
        Assert.Equal(
            BitConverter.SingleToInt32Bits(erf), BitConverter.SingleToInt32Bits(ErrorFunction.Erf(Vector512.Create(x)).ToScalar()));
    }

    [Fact]
    public void Erf_keeps_the_sign_of_zero() =>
        Assert.True(float.IsNegative(ErrorFunction.Erf(Vector512.Create(-0f)).ToScalar()));

    // Over steps of the argument's bits, so that small arguments have their share.
    private static double LargestError(
        float low, float high, Func<Vector512<float>, Vector512<float>> function, Func<double, double> exact)
    {
        var worst = 0.0;
        foreach (var end in new[] { low, high })
        {
            for (var bits = 0; bits < BitConverter.SingleToInt32Bits(Math.Abs(end)); bits += 150_001)
            {
                var x = MathF.CopySign(BitConverter.Int32BitsToSingle(bits), end);
                var expected = exact(x);
                var actual = function(Vector512.Create(x)).ToScalar();
                if (float.IsInfinity((float)expected) && float.IsInfinity(actual))
                {
                    continue;
                }

                var rounded = Math.Abs((float)expected);
                worst = Math.Max(worst, Math.Abs(actual - expected) / (MathF.BitIncrement(rounded) - rounded));
            }
        }

        return worst;
    }
}
