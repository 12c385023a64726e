using Husai.Numerics.Functions;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Functions;

[RunsOnEveryTier]
public class TranscendentalTests
{
    [Theory]
    [InlineData("exp")]
    [InlineData("log")]
    [InlineData("log1p")]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("erf")]
    [InlineData("pow")]
    public void Every_function_is_within_one_unit_in_the_last_place(string name)
    {
        var error = TranscendentalTable.LargestError(name, x => Invoke(name, x));
        Assert.True(error < 1, $"the largest error of {name} is {error} ulp");
    }

    [Fact]
    public void Exp_has_its_limits()
    {
        Assert.Equal(1.0, Transcendental.Exp(0.0));
        Assert.Equal(1.0, Transcendental.Exp(-0.0));
        Assert.Equal(0.0, Transcendental.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Transcendental.Exp(double.PositiveInfinity));
        Assert.Equal(double.NaN, Transcendental.Exp(double.NaN));
        Assert.Equal(double.PositiveInfinity, Transcendental.Exp(709.7827128933841));
        Assert.Equal(double.Epsilon, Transcendental.Exp(-745.0));
        Assert.Equal(0.0, Transcendental.Exp(-745.2));
    }

    [Fact]
    public void Log_has_its_limits()
    {
        Assert.Equal(0.0, Transcendental.Log(1.0));
        Assert.Equal(double.NegativeInfinity, Transcendental.Log(0.0));
        Assert.Equal(double.NegativeInfinity, Transcendental.Log(-0.0));
        Assert.Equal(double.NaN, Transcendental.Log(-1.0));
        Assert.Equal(double.NaN, Transcendental.Log(double.NegativeInfinity));
        Assert.Equal(double.NaN, Transcendental.Log(double.NaN));
        Assert.Equal(double.PositiveInfinity, Transcendental.Log(double.PositiveInfinity));
    }

    [Fact]
    public void Log1p_has_its_limits_and_keeps_the_sign_of_zero()
    {
        Assert.Equal(0.0, Transcendental.Log1p(0.0));
        Assert.True(double.IsNegative(Transcendental.Log1p(-0.0)));
        Assert.Equal(double.Epsilon, Transcendental.Log1p(double.Epsilon));
        Assert.Equal(double.NegativeInfinity, Transcendental.Log1p(-1.0));
        Assert.Equal(double.NaN, Transcendental.Log1p(-1.5));
        Assert.Equal(double.NaN, Transcendental.Log1p(double.NaN));
        Assert.Equal(double.PositiveInfinity, Transcendental.Log1p(double.PositiveInfinity));
    }

    [Fact]
    public void Sine_and_cosine_have_their_limits()
    {
        Assert.Equal((0.0, 1.0), Transcendental.SinCos(0.0));
        Assert.True(double.IsNegative(Transcendental.Sin(-0.0)));
        Assert.Equal(double.Epsilon, Transcendental.Sin(double.Epsilon));
        Assert.Equal(double.NaN, Transcendental.Sin(double.PositiveInfinity));
        Assert.Equal(double.NaN, Transcendental.Cos(double.NegativeInfinity));
        Assert.Equal(double.NaN, Transcendental.Cos(double.NaN));
    }

    [Fact]
    public void Erf_has_its_limits_and_is_odd()
    {
        Assert.Equal(1.0, Transcendental.Erf(double.PositiveInfinity));
        Assert.Equal(-1.0, Transcendental.Erf(double.NegativeInfinity));
        Assert.Equal(1.0, Transcendental.Erf(6.5));
        Assert.Equal(double.NaN, Transcendental.Erf(double.NaN));
        Assert.True(double.IsNegative(Transcendental.Erf(-0.0)));
        for (var x = 0.0; x < 7; x += 0.0625)
        {
            Assert.Equal(Transcendental.Erf(x), -Transcendental.Erf(-x));
        }
    }

    [Theory]
    [InlineData(double.NaN, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, 1.0)]
    [InlineData(2.0, double.NaN, double.NaN)]
    [InlineData(0.0, 3.0, 0.0)]
    [InlineData(0.0, -2.5, double.PositiveInfinity)]
    [InlineData(-8.0, 1.0 / 3, double.NaN)]
    [InlineData(-2.0, 3.0, -8.0)]
    [InlineData(-2.0, 4.0, 16.0)]
    [InlineData(-1.0, double.PositiveInfinity, 1.0)]
    [InlineData(0.5, double.PositiveInfinity, 0.0)]
    [InlineData(0.5, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(3.0, double.NegativeInfinity, 0.0)]
    [InlineData(double.NegativeInfinity, 3.0, double.NegativeInfinity)]
    [InlineData(double.NegativeInfinity, -3.0, -0.0)]
    [InlineData(double.PositiveInfinity, 0.5, double.PositiveInfinity)]
    [InlineData(10.0, 400.0, double.PositiveInfinity)]
    [InlineData(10.0, -400.0, 0.0)]
    [InlineData(2.0, -1074.0, double.Epsilon)]
    [InlineData(2.0, 1023.0, 8.98846567431158E+307)]
    public void Pow_follows_ieee_754(double x, double y, double expected)
    {
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(Transcendental.Pow(x, y)));
    }

    [Fact]
    public void Pow_of_minus_zero_keeps_the_sign_for_odd_exponents()
    {
        Assert.True(double.IsNegative(Transcendental.Pow(-0.0, 3)));
        Assert.False(double.IsNegative(Transcendental.Pow(-0.0, 2)));
        Assert.Equal(double.NegativeInfinity, Transcendental.Pow(-0.0, -3));
    }

    private static double Invoke(string name, double[] x) => name switch
    {
        "exp" => Transcendental.Exp(x[0]),
        "log" => Transcendental.Log(x[0]),
        "log1p" => Transcendental.Log1p(x[0]),
        "sin" => Transcendental.Sin(x[0]),
        "cos" => Transcendental.Cos(x[0]),
        "erf" => Transcendental.Erf(x[0]),
        _ => Transcendental.Pow(x[0], x[1]),
    };
}
