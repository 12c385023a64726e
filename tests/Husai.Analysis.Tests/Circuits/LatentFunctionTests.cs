using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class LatentFunctionTests
{
    private const int Modulus = 113;

    [Theory]
    [InlineData(.5, .841)]
    [InlineData(.4, .714)]
    [InlineData(1.0 / 3, .609)]
    [InlineData(.25, .462)]
    [InlineData(.125, .225)]
    [InlineData(.1, .178)]
    public void The_ceiling_of_a_rectified_cosine(double duty, double expected) => Assert.Equal(expected, RectifierCeiling.At(duty), 2e-3);

    [Fact]
    public void A_half_wave_is_single_frequency_at_its_ceiling()
    {
        var function = Measure((a, b) => Math.Cos(2 * Math.PI * 36 * (a + b) / Modulus - 0.4));
        Assert.Equal(LatentClass.SingleFrequency, function.Class);
        Assert.Equal((36, 36), (function.H3Frequency, function.PurityFrequency));
        Assert.Equal(0.5, function.Duty, 0.01);
        Assert.Equal(0.841, function.Purity, 0.005);
        Assert.Equal(function.Ceiling, function.Purity, 0.01);
        Assert.Equal(1, function.SumAny, 1e-9);
        Assert.True(function.H3 > 0.98);
    }

    [Fact]
    public void A_narrow_tile_is_recognised_by_its_harmonics_not_by_its_purity()
    {
        var function = Measure((a, b) => Math.Cos(2 * Math.PI * 5 * (a + b) / Modulus) - Math.Cos(Math.PI * 0.25));
        Assert.Equal(LatentClass.SingleFrequency, function.Class);
        Assert.Equal(0.462, function.Purity, 0.01);
        Assert.True(function.H3 >= 0.93);
    }

    [Fact]
    public void A_detector_of_one_answer_depends_on_the_sum_and_has_no_frequency()
    {
        var function = Measure((a, b) => (a + b) % Modulus == 17 ? 1 : 0);
        Assert.Equal(LatentClass.AnswerDetector, function.Class);
        Assert.Equal(1, function.SumAny, 1e-9);
        Assert.Equal(3.0 / 56, function.H3, 1e-6);
        Assert.Equal(1.0 / Modulus, function.Duty, 1e-9);
    }

    [Fact]
    public void A_pure_wave_belongs_to_its_own_frequency()
    {
        foreach (var k in new[] { 2, 25, 50, 56 })
        {
            Assert.Equal(k, Measure((a, b) => 1 + Math.Cos(2 * Math.PI * k * (a + b) / Modulus)).H3Frequency);
        }
    }

    [Fact]
    public void Functions_of_one_operand()
    {
        var function = Measure((a, b) => Math.Cos(2 * Math.PI * 9 * b / Modulus));
        Assert.Equal(LatentClass.Operand, function.Class);
        Assert.Equal(1, function.Operand, 1e-9);
        Assert.Equal(0, function.SumAny, 1e-9);
    }

    [Fact]
    public void A_neuron_of_the_analytic_network_is_single_frequency_over_all_lines()
    {
        var function = Measure((a, b) => Math.Cos(2 * Math.PI * 9 * a / Modulus + 1) + Math.Cos(2 * Math.PI * 9 * b / Modulus + 1));
        Assert.Equal(LatentClass.SingleFrequency, function.Class);
        Assert.Equal(9, function.Frequency);
        Assert.True(function.Purity > 0.85);
        Assert.True(function.SingleLine < 0.5);
    }

    [Fact]
    public void Noise_is_mixed_and_silence_dead()
    {
        var stream = new RandomStream(4, "test.functions");
        Assert.Equal(LatentClass.Mixed, Measure((_, _) => stream.NextNormal()).Class);
        Assert.Equal(LatentClass.Dead, Measure((_, _) => 0).Class);
        Assert.Equal(LatentClass.Dead, Measure((_, _) => 3.25).Class);
    }

    private static LatentFunction Measure(Func<int, int, double> value)
    {
        var maps = new Matrix(1, Modulus * Modulus);
        for (var row = 0; row < maps.Columns; row++)
        {
            maps[0, row] = (float)Math.Max(0, value(row / Modulus, row % Modulus));
        }

        return LatentFunctions.Of(maps, LineSpectrum.Of(maps, Modulus))[0];
    }
}
