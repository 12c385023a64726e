using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Products;

[RunsOnEveryTier]
public class CosineMaximumTests
{
    [Theory]
    [InlineData(1, 1, 3, true)]
    [InlineData(150, 31, 17, true)]
    [InlineData(150, 31, 17, false)]
    [InlineData(33, 1100, 8, true)]
    [InlineData(300, 290, 128, false)]
    public void Finds_what_a_plain_search_finds(int leftRows, int rightRows, int width, bool absolute)
    {
        var left = Samples.NormalView(leftRows, width, 1);
        var right = Samples.NormalView(rightRows, width, 2);
        using var workers = new Workers(2);
        var found = CosineMaximum.Find(left, right, absolute, workers);
        CheckSide(left, right, absolute, found.RowMaximum, found.RowIndex);
        CheckSide(right, left, absolute, found.ColumnMaximum, found.ColumnIndex);
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(150, 31, 17)]
    [InlineData(33, 1100, 8)]
    public void Both_measures_from_one_product_are_those_of_a_plain_search(int leftRows, int rightRows, int width)
    {
        var left = Samples.NormalView(leftRows, width, 1);
        var right = Samples.NormalView(rightRows, width, 2);
        using var workers = new Workers(2);
        var (absolute, signed) = CosineMaximum.FindAbsoluteAndSigned(left, right, workers);
        foreach (var (found, isAbsolute) in new[] { (absolute, true), (signed, false) })
        {
            CheckSide(left, right, isAbsolute, found.RowMaximum, found.RowIndex);
            CheckSide(right, left, isAbsolute, found.ColumnMaximum, found.ColumnIndex);
            var single = CosineMaximum.Find(left, right, isAbsolute);
            Bits.Equal(single.RowMaximum, found.RowMaximum);
            Bits.Equal(single.ColumnMaximum, found.ColumnMaximum);
            Assert.Equal(single.RowIndex, found.RowIndex);
            Assert.Equal(single.ColumnIndex, found.ColumnIndex);
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_ties_go_to_the_lower_index()
    {
        var half = Samples.Normal(200, 16, 1);
        var twice = new Matrix(400, 16);
        twice.SliceRows(0, 200).CopyFrom(half);
        twice.SliceRows(200, 200).CopyFrom(half);
        var alone = CosineMaximum.Find(twice, twice, absolute: false);
        using var workers = new Workers(3);
        var shared = CosineMaximum.Find(twice, twice, absolute: false, workers);
        Bits.Equal(alone.RowMaximum, shared.RowMaximum);
        Bits.Equal(alone.ColumnMaximum, shared.ColumnMaximum);
        Assert.Equal(alone.RowIndex, shared.RowIndex);
        Assert.Equal(alone.ColumnIndex, shared.ColumnIndex);
        for (var row = 0; row < 400; row++)
        {
            Assert.Equal(row % 200, alone.RowIndex[row]);
            Assert.Equal(row % 200, alone.ColumnIndex[row]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_thread_that_meets_earlier_rows_last_keeps_the_lower_of_equal_ones(bool absolute)
    {
        var rows = Samples.Normal(40, 8, 1);
        var (inOrder, backwards) = (new RunningMaximum(37), new RunningMaximum(37));
        var (scale, block) = (Enumerable.Repeat(1f, 80).ToArray(), new Matrix(40, 37));
        MatrixProduct.Multiply(block, rows, rows.SliceRows(0, 37), ProductForm.ABt);
        foreach (var first in (int[])[0, 40])
        {
            CosineBlock.Scan(block, first, 0, scale, scale, absolute, new RunningMaximum(80), inOrder);
            CosineBlock.Scan(block, 40 - first, 0, scale, scale, absolute, new RunningMaximum(80), backwards);
        }

        Assert.Equal(inOrder.Indices, backwards.Indices);
        Assert.All(inOrder.Indices, index => Assert.InRange(index, 0, 39));
        Bits.Equal(inOrder.Values, backwards.Values);
    }

    [Fact]
    public void A_zero_row_is_similar_to_nothing()
    {
        var left = Samples.Normal(3, 5, 1);
        left.Row(1).Clear();
        var found = CosineMaximum.Find(left, Samples.Normal(20, 5, 2), absolute: true);
        Assert.Equal(0f, found.RowMaximum[1]);
        Assert.DoesNotContain(1, found.ColumnIndex);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(-120)]
    public void Rows_of_any_length_have_the_cosines_of_rows_of_length_one(int exponent)
    {
        var left = Samples.Normal(20, 5, 1);
        var right = Samples.Normal(30, 5, 2);
        var expected = CosineMaximum.Find(left, right, absolute: true);
        foreach (ref var value in left.Row(4))
        {
            value = MathF.ScaleB(value, exponent);
        }

        foreach (ref var value in right.AsSpan())
        {
            value = MathF.ScaleB(value, exponent);
        }

        var found = CosineMaximum.Find(left, right, absolute: true);

        Assert.Equal(expected.RowMaximum, found.RowMaximum);
        Assert.Equal(expected.RowIndex, found.RowIndex);
        Assert.Equal(expected.ColumnMaximum, found.ColumnMaximum);
        Assert.Equal(expected.ColumnIndex, found.ColumnIndex);
    }

    [Fact]
    public void Rows_that_are_no_numbers_match_nothing()
    {
        var left = Samples.Normal(20, 5, 1);
        left[4, 2] = float.NaN;
        var found = CosineMaximum.Find(left, Samples.Normal(30, 5, 2), absolute: true);
        Assert.Equal(-1, found.RowIndex[4]);
        Assert.DoesNotContain(4, found.ColumnIndex);
    }

    [Fact]
    public void Widths_must_agree()
    {
        var error = Assert.Throws<ArgumentException>(() => CosineMaximum.Find(new Matrix(2, 3), new Matrix(2, 4), absolute: true));
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 4]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CosineMaximum.Find(new Matrix(0, 3), new Matrix(2, 3), absolute: true));
    }

    private static void CheckSide(Matrix left, Matrix right, bool absolute, float[] maxima, int[] indices)
    {
        for (var row = 0; row < left.Rows; row++)
        {
            var best = double.NegativeInfinity;
            for (var other = 0; other < right.Rows; other++)
            {
                best = Math.Max(best, Cosine(left.Row(row), right.Row(other), absolute));
            }

            Assert.Equal(best, maxima[row], 1e-6);
            Assert.Equal(best, Cosine(left.Row(row), right.Row(indices[row]), absolute), 1e-6);
        }
    }

    private static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right, bool absolute)
    {
        double dot = 0, leftSquare = 0, rightSquare = 0;
        for (var index = 0; index < left.Length; index++)
        {
            dot += (double)left[index] * right[index];
            leftSquare += (double)left[index] * left[index];
            rightSquare += (double)right[index] * right[index];
        }

        var cosine = dot / Math.Sqrt(leftSquare * rightSquare);
        return absolute ? Math.Abs(cosine) : cosine;
    }
}
