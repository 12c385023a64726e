using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class LayerNormTests
{
    private const float Epsilon = 1e-5f;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_is_the_reference_at_every_width(bool strided)
    {
        foreach (var width in TestMatrix.Widths)
        {
            var input = TestMatrix.Normal(3, width, "layernorm", strided, deviation: 3);
            var (gain, bias) = Parameters(width);
            var result = TestMatrix.Zeros(3, width, strided);
            var normalised = TestMatrix.Zeros(3, width, strided);
            var inverse = new float[3];
            LayerNorm.Forward(result.View, normalised.View, inverse, input, gain, bias, Epsilon);
            for (var row = 0; row < 3; row++)
            {
                var expected = Reference(FiniteDifference.Doubles(input.Row(row)), gain, bias);
                for (var i = 0; i < width; i++)
                {
                    Close.Equal(expected[i], result.View[row, i], roundings: 3, scale: 2, $"at [{row}, {i}] of width {width}");
                    Close.Equal((expected[i] - bias[i]) / gain[i], normalised.View[row, i], roundings: 2, scale: 1);
                }
            }

            LayerNorm.Forward(input, input, inverse, input, gain, bias, Epsilon);
            Assert.True(width == 0 || input.Row(2).SequenceEqual(result.View.Row(2)), "in place");
            result.AssertSurroundings();
            normalised.AssertSurroundings();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(19)]
    [InlineData(40)]
    public void Backward_agrees_with_finite_differences(int width)
    {
        const int rows = 3;
        var input = TestMatrix.Normal(rows, width, "layernorm.input", strided: true);
        var outputGradient = TestMatrix.Normal(rows, width, "layernorm.gradient", strided: true);
        var (gain, bias) = Parameters(width);
        var normalised = new Matrix(rows, width);
        var inverse = new float[rows];
        LayerNorm.Forward(new Matrix(rows, width), normalised, inverse, input, gain, bias, Epsilon);
        var inputGradient = new Matrix(rows, width);
        var gainGradient = new float[width];
        var biasGradient = Enumerable.Repeat(10f, width).ToArray();
        LayerNorm.Backward(inputGradient, gainGradient, biasGradient, outputGradient, normalised, inverse, gain);
        for (var i = 0; i < width; i++)
        {
            var (expectedGain, expectedBias) = (0.0, 10.0);
            for (var row = 0; row < rows; row++)
            {
                var g = FiniteDifference.Doubles(outputGradient.Row(row));
                var expected = FiniteDifference.At(
                    FiniteDifference.Doubles(input.Row(row)), i, x => Reference(x, gain, bias).Zip(g, (y, weight) => y * weight).Sum());
                Close.Equal(expected, inputGradient[row, i], roundings: 40, scale: Math.Max(1, inverse[row]));
                expectedGain += g[i] * normalised[row, i];
                expectedBias += g[i];
            }

            Close.Equal(expectedGain, gainGradient[i], roundings: 2);
            Close.Equal(expectedBias, biasGradient[i], roundings: 2);
        }
    }

    [Fact]
    public void A_nan_or_an_infinity_spoils_its_row_alone()
    {
        var input = TestMatrix.Normal(3, 20, "layernorm.nan");
        input[0, 19] = float.NaN;
        input[2, 3] = float.PositiveInfinity;
        LayerNorm.Forward(input, input, new float[3], input, Parameters(20).Gain, Parameters(20).Bias);
        Assert.All(input.Row(0).ToArray(), value => Assert.Equal(float.NaN, value));
        Assert.All(input.Row(1).ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(input.Row(2).ToArray(), value => Assert.Equal(float.NaN, value));
    }

    [Fact]
    public void The_number_of_threads_does_not_matter() => Crews.AssertSameBits(workers =>
    {
        var input = TestMatrix.Normal(400, 97, "layernorm.threads");
        var (gain, bias) = Parameters(97);
        var all = new Matrix(402, 97);
        var inverse = new float[400];
        LayerNorm.Forward(input, input, inverse, input, gain, bias, Epsilon, workers);
        LayerNorm.Backward(
            all.SliceRows(0, 400), all.Row(400), all.Row(401), TestMatrix.Normal(400, 97, "layernorm.gradient"), input, inverse, gain,
            workers);
        return all;
    });

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        var matrix = new Matrix(2, 3);
        Assert.Throws<ArgumentException>(
            "result", () => LayerNorm.Forward(new Matrix(2, 4), matrix, new float[2], matrix, new float[3], new float[3]));
        Assert.Throws<ArgumentException>(
            "inverseDeviation", () => LayerNorm.Forward(matrix, matrix, new float[3], matrix, new float[3], new float[3]));
        Assert.Throws<ArgumentException>("gain", () => LayerNorm.Forward(matrix, matrix, new float[2], matrix, new float[2], new float[3]));
        Assert.Throws<ArgumentException>(
            "biasGradient", () => LayerNorm.Backward(matrix, new float[3], new float[2], matrix, matrix, new float[2], new float[3]));
        Assert.Throws<ArgumentNullException>(
            "normalised", () => LayerNorm.Forward(matrix, null!, new float[2], matrix, new float[3], new float[3]));
    }

    private static (float[] Gain, float[] Bias) Parameters(int width) =>
        (
            Enumerable.Range(0, width).Select(i => 0.5f + i % 7 * 0.25f).ToArray(),
            Enumerable.Range(0, width).Select(i => i % 5 * 0.125f).ToArray());

    private static double[] Reference(double[] x, float[] gain, float[] bias)
    {
        var mean = x.DefaultIfEmpty().Average();
        var variance = x.Select(value => (value - mean) * (value - mean)).DefaultIfEmpty().Average();
        return x.Select((value, i) => (value - mean) / Math.Sqrt(variance + Epsilon) * gain[i] + bias[i]).ToArray();
    }
}
