using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class ColumnSoftmaxTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_is_the_reference_at_every_width(bool strided)
    {
        foreach (var width in TestMatrix.Widths)
        {
            var input = TestMatrix.Normal(3, width, "column softmax", strided, deviation: 4);
            var result = TestMatrix.Zeros(3, width, strided);
            ColumnSoftmax.Forward(result.View, input);
            for (var column = 0; column < width; column++)
            {
                double[] x = [input[0, column], input[1, column], input[2, column]];
                for (var row = 0; row < 3; row++)
                {
                    // x - max is rounded to single precision, and e^ turns its absolute error into a relative one.
                    var expected = Math.Exp(x[row] - x.Max()) / x.Sum(value => Math.Exp(value - x.Max()));
                    Close.Equal(
                        expected, result.View[row, column], 6 + (x.Max() - x[row]), scale: 0, $"at [{row}, {column}] of width {width}");
                }
            }

            ColumnSoftmax.Forward(input, input);
            for (var row = 0; row < 3; row++)
            {
                Assert.True(input.Row(row).SequenceEqual(result.View.Row(row)), $"in place, width {width}");
            }

            result.AssertSurroundings();
        }
    }

    [Fact]
    public void Minus_infinity_gets_no_weight_and_other_odd_numbers_spoil_their_column_alone()
    {
        var input = Matrix.From(new[,]
        {
            { 0f, 0f, 0f, float.NegativeInfinity, -0f },
            { float.NegativeInfinity, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f },
            { 0f, 1f, 1f, float.NegativeInfinity, -1000f },
        });
        ColumnSoftmax.Forward(input, input);
        Assert.Equal([0.5f, 0f, 0.5f], Column(input, 0));
        Assert.All([.. Column(input, 1), .. Column(input, 2), .. Column(input, 3)], value => Assert.Equal(float.NaN, value));
        Assert.Equal([0.5f, 0.5f, 0f], Column(input, 4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Backward_agrees_with_finite_differences(int height)
    {
        foreach (var width in new[] { 1, 16, 37 })
        {
            var input = TestMatrix.Normal(height, width, "column softmax.input", strided: true);
            var outputGradient = TestMatrix.Normal(height, width, "column softmax.gradient", strided: true);
            var output = new Matrix(height, width);
            var inputGradient = new Matrix(height, width);
            ColumnSoftmax.Forward(output, input);
            ColumnSoftmax.Backward(inputGradient, output, outputGradient);
            for (var column = 0; column < width; column++)
            {
                double[] x = [.. Column(input, column).Select(value => (double)value)];
                var g = Column(outputGradient, column);
                for (var row = 0; row < height; row++)
                {
                    var expected = FiniteDifference.At(
                        x, row, at => at.Select((value, i) => g[i] * Math.Exp(value)).Sum() / at.Sum(value => Math.Exp(value)));
                    Close.Equal(expected, inputGradient[row, column], roundings: 8);
                }
            }

            ColumnSoftmax.Backward(outputGradient, output, outputGradient);
            Assert.Equal(Column(inputGradient, width - 1), Column(outputGradient, width - 1));
        }
    }

    [Fact]
    public void Wrong_shapes_overlaps_and_nulls_are_refused()
    {
        var matrix = new Matrix(4, 6);
        var shape = Assert.Throws<ArgumentException>(() => ColumnSoftmax.Forward(new Matrix(3, 6), matrix));
        Assert.Equal("result", shape.ParamName);
        Assert.Contains("[3, 6]", shape.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 6]", shape.Message, StringComparison.Ordinal);
        var overlap = Assert.Throws<ArgumentException>(() => ColumnSoftmax.Forward(matrix.SliceRows(0, 3), matrix.SliceRows(1, 3)));
        Assert.Equal("result", overlap.ParamName);
        Assert.Contains("[3, 6]", overlap.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("input", () => ColumnSoftmax.Forward(matrix, null!));
        Assert.Throws<ArgumentNullException>("result", () => ColumnSoftmax.Forward(null!, matrix));
        Assert.Throws<ArgumentException>("outputGradient", () => ColumnSoftmax.Backward(matrix, matrix, new Matrix(4, 5)));
    }

    private static float[] Column(Matrix matrix, int column) =>
        [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix[row, column])];
}
