using Husai.Numerics.Functions;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Functions;

[RunsOnEveryTier]
public sealed class ArctangentTests
{
    private static readonly int[] Exponents = [-300, -20, -3, -2, -1, 0, 1, 2, 3, 20, 300];
    private static readonly double[] Mantissas = [1.0, 1.1, 1.25, 1.4142135, 1.7, 1.99];
    private static readonly double[] Signs = [1.0, -1.0];

    private static IEnumerable<(double Y, double X)> Points =>
        from y in Values
        from x in Values
        select (y, x);

    private static IEnumerable<double> Values =>
        from exponent in Exponents
        from mantissa in Mantissas
        from sign in Signs
        select sign * mantissa * Math.ScaleB(1, exponent);

    [Fact]
    public void Angles_are_right_to_a_few_units_in_the_last_place()
    {
        foreach (var (y, x) in Points)
        {
            var expected = Math.Atan2(y, x);
            var ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            Assert.True(
                Math.Abs(Transcendental.Atan2(y, x) - expected) <= 3 * ulp,
                $"atan2({y:R}, {x:R}): {Transcendental.Atan2(y, x):R}, not {expected:R}");
        }
    }

    [Fact]
    public void Special_cases_are_those_of_the_standard()
    {
        double[] special = [0, -0.0, 1, -1, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, double.MaxValue];
        foreach (var y in special)
        {
            foreach (var x in special)
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(Math.Atan2(y, x)), BitConverter.DoubleToInt64Bits(Transcendental.Atan2(y, x)));
            }
        }
    }
}
