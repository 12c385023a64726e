using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class SoftmaxTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_is_the_reference_at_every_width(bool strided)
    {
        foreach (var width in TestMatrix.Widths)
        {
            var input = TestMatrix.Normal(3, width, "softmax", strided, deviation: 4);
            var result = TestMatrix.Zeros(3, width, strided);
            Softmax.Forward(result.View, input);
            for (var row = 0; row < 3; row++)
            {
                var x = FiniteDifference.Doubles(input.Row(row));
                var expected = Reference(x);
                for (var i = 0; i < width; i++)
                {
                    // x - max is rounded to single precision, and e^ turns its absolute error into a relative one.
                    var roundings = 5 + (x.Max() - x[i]);
                    Close.Equal(expected[i], result.View[row, i], roundings, scale: 0, $"at [{row}, {i}] of width {width}");
                }
            }

            Softmax.Forward(input, input);
            for (var row = 0; row < 3; row++)
            {
                Assert.True(input.Row(row).SequenceEqual(result.View.Row(row)), $"in place, width {width}");
            }

            result.AssertSurroundings();
        }
    }

    [Fact]
    public void Minus_infinity_gets_no_weight_and_other_odd_numbers_spoil_their_row_alone()
    {
        var input = Matrix.From(new[,]
        {
            { 0f, float.NegativeInfinity, 0f },
            { 0f, float.NaN, 1f },
            { 0f, float.PositiveInfinity, 1f },
            { float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity },
            { -0f, 0f, -1000f },
        });
        Softmax.Forward(input, input);
        Assert.Equal([0.5f, 0f, 0.5f], input.Row(0).ToArray());
        Assert.All(input.SliceRows(1, 3).AsSpan().ToArray(), value => Assert.Equal(float.NaN, value));
        Assert.Equal([0.5f, 0.5f, 0f], input.Row(4).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    public void Backward_agrees_with_finite_differences(int width)
    {
        var input = TestMatrix.Normal(2, width, "softmax.input", strided: true);
        var outputGradient = TestMatrix.Normal(2, width, "softmax.gradient", strided: true);
        var output = new Matrix(2, width);
        var inputGradient = new Matrix(2, width);
        Softmax.Forward(output, input);
        Softmax.Backward(inputGradient, output, outputGradient);
        for (var row = 0; row < 2; row++)
        {
            var g = FiniteDifference.Doubles(outputGradient.Row(row));
            for (var i = 0; i < width; i++)
            {
                var expected = FiniteDifference.At(
                    FiniteDifference.Doubles(input.Row(row)), i, x => Reference(x).Zip(g, (s, weight) => s * weight).Sum());
                Close.Equal(expected, inputGradient[row, i], roundings: 8);
            }
        }

        Softmax.Backward(outputGradient, output, outputGradient);
        Assert.Equal(inputGradient.Row(1).ToArray(), outputGradient.Row(1).ToArray());
    }

    [Fact]
    public void The_number_of_threads_does_not_matter() => Crews.AssertSameBits(workers =>
    {
        var result = TestMatrix.Normal(300, 131, "softmax.threads");
        Softmax.Forward(result, result, workers);
        Softmax.Backward(result, result, TestMatrix.Normal(300, 131, "softmax.gradient"), workers);
        return result;
    });

    [Fact]
    public void Wrong_shapes_and_overlaps_are_refused()
    {
        var matrix = new Matrix(4, 6);
        var shape = Assert.Throws<ArgumentException>(() => Softmax.Forward(new Matrix(3, 6), matrix));
        Assert.Equal("result", shape.ParamName);
        Assert.Contains("[3, 6]", shape.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 6]", shape.Message, StringComparison.Ordinal);
        var overlap = Assert.Throws<ArgumentException>(() => Softmax.Forward(matrix.SliceRows(0, 3), matrix.SliceRows(1, 3)));
        Assert.Equal("result", overlap.ParamName);
        Assert.Throws<ArgumentNullException>("input", () => Softmax.Forward(matrix, null!));
        Assert.Throws<ArgumentException>("outputGradient", () => Softmax.Backward(matrix, matrix, new Matrix(4, 5)));
    }

    private static double[] Reference(double[] x)
    {
        var max = x.DefaultIfEmpty().Max();
        var e = x.Select(value => Math.Exp(value - max)).ToArray();
        return e.Select(value => value / e.Sum()).ToArray();
    }
}
