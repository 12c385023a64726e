using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class ReductionsTests
{
    // Sums of 130 numbers in double precision, in another order.
    private const double Precision = 1e-13;

    [Fact]
    public void Sums_are_the_reference_at_every_length()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var x = TestMatrix.Normal(1, length, "sum.left", deviation: 3).AsSpan();
            var y = TestMatrix.Normal(1, length, "sum.right", deviation: 3).AsSpan();
            Assert.Equal(FiniteDifference.Doubles(x).Sum(), Reductions.Sum(x), Precision * length);
            Assert.Equal(FiniteDifference.Doubles(x).Sum(value => value * value), Reductions.SumOfSquares(x), Precision * length * 10);
            Assert.Equal(
                FiniteDifference.Doubles(x).Zip(FiniteDifference.Doubles(y), (a, b) => a * b).Sum(), Reductions.Dot(x, y),
                Precision * length * 10);
        }
    }

    [Fact]
    public void Products_with_several_rows_have_the_bits_of_those_with_one()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var left = TestMatrix.Normal(1, length, "dots.left", deviation: 3).AsSpan();
            var matrix = TestMatrix.Normal(9, length, "dots.rows", strided: true, deviation: 3);
            int[] rows = [8, 1, 1, 0, 3, 7, 2, 5, 4];
            for (var count = 0; count <= rows.Length; count++)
            {
                var expected = Array.ConvertAll(rows[..count], row => Reductions.Dot(TestMatrix.Normal(1, length, "dots.left", deviation: 3)
                    .Row(0), matrix.Row(row)));
                var found = new double[count];
                Reductions.Dots(found, left, matrix, rows.AsSpan(0, count));
                Assert.Equal(expected, found);
            }
        }

        Assert.Throws<ArgumentException>(() => Reductions.Dots(new double[4], new float[2], new Matrix(4, 3), [0, 1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Reductions.Dots(new double[3], new float[3], new Matrix(4, 3), [0, 1, 2, 3]));
    }

    [Fact]
    public void Rows_of_length_1_are_each_element_over_the_norm_rounded_once()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var row = TestMatrix.Normal(1, length, "unit", deviation: 3).Row(0).ToArray();
            var norm = Math.Sqrt(Reductions.SumOfSquares(row));
            var found = new float[length];
            UnitRows.Scale(row, found);
            Assert.Equal(Array.ConvertAll(row, value => (float)(value / norm)), found);
            UnitRows.Scale(new float[length], found);
            Assert.Equal(new float[length], found);
        }
    }

    [Fact]
    public void Element_i_goes_to_lane_i_mod_16_and_lanes_are_added_pairwise()
    {
        var x = TestMatrix.Normal(1, 117, "sum.order", deviation: 100).AsSpan();
        var lanes = new double[16];
        for (var i = 0; i < x.Length; i++)
        {
            lanes[i % 16] += x[i];
        }

        for (var half = 8; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        Assert.Equal(lanes[0], Reductions.Sum(x));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Column_and_row_sums_are_the_reference_at_every_width(bool strided)
    {
        foreach (var width in TestMatrix.Widths)
        {
            var matrix = TestMatrix.Normal(5, width, "columns", strided);
            var columns = new double[width];
            var rows = new double[5];
            var singles = Enumerable.Repeat(1f, width).ToArray();
            Reductions.ColumnSums(columns, matrix);
            Reductions.ColumnSums(singles, matrix, accumulate: true);
            Reductions.RowSumsOfSquares(rows, matrix);
            for (var i = 0; i < width; i++)
            {
                var expected = Enumerable.Range(0, 5).Sum(row => (double)matrix[row, i]);
                Assert.Equal(expected, columns[i], Precision);
                Close.Equal(1 + expected, singles[i], roundings: 2);
            }

            for (var row = 0; row < 5; row++)
            {
                Assert.Equal(Reductions.SumOfSquares(matrix.Row(row)), rows[row]);
            }

            Assert.Equal(rows.Sum(), Reductions.SumOfSquares(matrix), Precision * width);
        }
    }

    [Fact]
    public void Nan_and_infinities_reach_the_sum()
    {
        var x = new float[37];
        x[36] = float.NegativeInfinity;
        Assert.Equal(double.NegativeInfinity, Reductions.Sum(x));
        Assert.Equal(double.PositiveInfinity, Reductions.SumOfSquares(x));
        x[20] = float.NaN;
        Assert.Equal(double.NaN, Reductions.Sum(x));
        Assert.Equal(1e30f * (double)1e30f, Reductions.SumOfSquares([1e30f]));
    }

    [Fact]
    public void The_number_of_threads_does_not_matter() => Crews.AssertSameBits(workers =>
    {
        var matrix = TestMatrix.Normal(700, 101, "columns.threads", deviation: 100);
        var result = new Matrix(1, 101);
        Reductions.ColumnSums(result.AsSpan(), matrix, accumulate: false, workers);
        result[0, 0] += (float)Reductions.SumOfSquares(matrix, workers);
        return result;
    });

    [Fact]
    public void Wrong_lengths_and_overlaps_are_refused()
    {
        var matrix = new Matrix(2, 3);
        Assert.Throws<ArgumentException>("left", () => Reductions.Dot(new float[2], new float[3]));
        Assert.Throws<ArgumentException>("result", () => Reductions.ColumnSums(new double[2], matrix));
        Assert.Throws<ArgumentException>("result", () => Reductions.ColumnSums(matrix.Row(1), matrix));
        Assert.Throws<ArgumentException>("result", () => Reductions.RowSumsOfSquares(new double[3], matrix));
        Assert.Throws<ArgumentNullException>("matrix", () => Reductions.SumOfSquares((Matrix)null!));
    }
}
