using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class ActivationTests
{
    private const double InverseRoot2Pi = 0.3989422804014327;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gelu_is_the_reference_at_every_width(bool strided)
    {
        foreach (var width in TestMatrix.Widths)
        {
            var input = TestMatrix.Normal(2, width, "gelu", strided, deviation: 2);
            var gradient = TestMatrix.Normal(2, width, "gelu.gradient", strided);
            var result = TestMatrix.Zeros(2, width, strided);
            var inputGradient = TestMatrix.Zeros(2, width, strided);
            Gelu.Forward(result.View, input);
            Gelu.Backward(inputGradient.View, input, gradient);
            for (var i = 0; i < width; i++)
            {
                double x = input[1, i];
                Close.Equal(GeluOf(x), result.View[1, i], roundings: 4, scale: Math.Abs(x));
                var density = InverseRoot2Pi * Math.Exp(-x * x / 2);
                var slope = 0.5 * (1 + Transcendental.Erf(x / Math.Sqrt(2))) + x * density;
                Close.Equal(slope * gradient[1, i], inputGradient.View[1, i], roundings: 8, scale: Math.Abs(gradient[1, i]));
            }

            Gelu.Forward(input, input);
            Assert.True(width == 0 || input.Row(1).SequenceEqual(result.View.Row(1)));
            result.AssertSurroundings();
            inputGradient.AssertSurroundings();
        }
    }

    [Fact]
    public void Gelu_has_its_limits()
    {
        var input = Matrix.From(new[,] { { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 50f, -50f } });
        var result = new Matrix(1, 7);
        Gelu.Forward(result, input);
        Assert.Equal([float.NaN, float.PositiveInfinity, 0f, 0f, 0f, 50f, 0f], result.AsSpan().ToArray());
        var ones = new Matrix(1, 7);
        ones.Fill(1);
        Gelu.Backward(result, input, ones);
        Assert.Equal([float.NaN, 1f, 0f, 0.5f, 0.5f, 1f, 0f], result.AsSpan().ToArray());
    }

    [Fact]
    public void The_gradient_of_gelu_agrees_with_finite_differences()
    {
        var input = TestMatrix.Normal(1, 200, "gelu.difference", deviation: 2);
        var gradient = new Matrix(1, 200);
        gradient.Fill(1);
        Gelu.Backward(gradient, input, gradient);
        for (var i = 0; i < 200; i++)
        {
            Close.Equal(FiniteDifference.At([input[0, i]], 0, x => GeluOf(x[0])), gradient[0, i], roundings: 8);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Relu_is_exact_at_every_width(bool strided)
    {
        foreach (var width in TestMatrix.Widths)
        {
            var input = TestMatrix.Normal(2, width, "relu", strided);
            var gradient = TestMatrix.Normal(2, width, "relu.gradient", strided);
            var result = TestMatrix.Zeros(2, width, strided);
            var inputGradient = TestMatrix.Zeros(2, width, strided);
            Relu.Forward(result.View, input);
            Relu.Backward(inputGradient.View, result.View, gradient);
            for (var i = 0; i < width; i++)
            {
                Assert.Equal(Math.Max(input[1, i], 0), result.View[1, i]);
                Assert.Equal(input[1, i] > 0 ? gradient[1, i] : 0, inputGradient.View[1, i]);
            }

            result.AssertSurroundings();
            inputGradient.AssertSurroundings();
        }
    }

    [Fact]
    public void Relu_passes_nan_and_turns_minus_zero_to_zero()
    {
        var input = Matrix.From(new[,] { { float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon } });
        var gradient = new Matrix(1, 5);
        gradient.Fill(3);
        Relu.Backward(gradient, input, gradient);
        Assert.Equal([3f, 3f, 0f, 0f, 3f], gradient.AsSpan().ToArray());
        Relu.Forward(input, input);
        Assert.Equal([float.NaN, float.PositiveInfinity, 0f, 0f, float.Epsilon], input.AsSpan().ToArray());
        Assert.False(float.IsNegative(input[0, 3]));
    }

    [Fact]
    public void The_number_of_threads_does_not_matter() => Crews.AssertSameBits(workers =>
    {
        var result = TestMatrix.Normal(300, 131, "activation.threads");
        Gelu.Forward(result, result, workers);
        Gelu.Backward(result, result, result, workers);
        Relu.Forward(result, result, workers);
        return result;
    });

    [Fact]
    public void Wrong_shapes_and_overlaps_are_refused()
    {
        var matrix = new Matrix(4, 6);
        foreach (var forward in new Action<Matrix, Matrix>[] { (r, x) => Relu.Forward(r, x), (r, x) => Gelu.Forward(r, x) })
        {
            Assert.Contains(
                "[3, 6]", Assert.Throws<ArgumentException>("result", () => forward(new Matrix(3, 6), matrix)).Message,
                StringComparison.Ordinal);
            Assert.Throws<ArgumentException>("result", () => forward(matrix.SliceRows(0, 3), matrix.SliceRows(1, 3)));
            Assert.Throws<ArgumentNullException>("input", () => forward(matrix, null!));
        }

        foreach (
            var backward in new Action<Matrix, Matrix,
            Matrix>[] { (r, x, g) => Relu.Backward(r, x, g), (r, x, g) => Gelu.Backward(r, x, g) })
        {
            Assert.Throws<ArgumentException>("inputGradient", () => backward(new Matrix(3, 6), matrix, matrix));
            Assert.Throws<ArgumentException>("outputGradient", () => backward(new Matrix(4, 6), matrix, new Matrix(4, 5)));
        }
    }

    private static double GeluOf(double x) => x / 2 * (1 + Transcendental.Erf(x / Math.Sqrt(2)));
}
