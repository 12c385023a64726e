using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Products;

[RunsOnEveryTier]
public class RowBlockTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(50, 113, 300, 7)]
    [InlineData(64, 96, 128, 16)]
    [InlineData(37, 200, 513, 100)]
    public void Blocks_put_together_are_the_product(int rows, int columns, int inner, int rowsPerBlock)
    {
        var left = Samples.NormalView(rows, inner, 1);
        var encoder = Samples.NormalView(columns, inner, 2);
        var bias = Samples.Normal(1, columns, 3);
        var expected = new Matrix(rows, columns);
        MatrixProduct.Multiply(expected, left, encoder, ProductForm.ABt, bias: bias.Row(0));
        using var workers = new Workers(2);
        foreach (var part in new[] { 1, 40, 64, int.MaxValue })
        {
            var seen = new Matrix(rows, columns);
            MatrixProduct.VisitBlocks(
                left, PackedMatrix.FromTransposed(encoder), bias.Row(0), rowsPerBlock, part,
                (row, column, block, _) =>
                {
                    seen.Slice(row, block.Rows, column, block.Columns).CopyFrom(block);
                    block.Fill(float.NaN);
                },
                workers);
            Bits.Equal(expected, seen);
        }
    }

    [Fact]
    public void Of_each_block_of_rows_the_wanted_columns_are_shown_once_and_few_others()
    {
        var left = Samples.Normal(100, 60, 1);
        var encoder = Samples.Normal(301, 60, 2);
        var expected = new Matrix(100, 301);
        MatrixProduct.Multiply(expected, left, encoder, ProductForm.ABt);
        (int From, int To)[] wanted = [(0, 301), (299, 301), (40, 41), (77, 77), (33, 190)];
        var shown = new int[100, 301];
        using var workers = new Workers(2);
        MatrixProduct.VisitBlocks(
            left, PackedMatrix.FromTransposed(encoder), default, 20, 64,
            (row, column, block, _) =>
            {
                Bits.Equal(expected.Slice(row, block.Rows, column, block.Columns), block);
                for (var n = 0; n < block.Rows * block.Columns; n++)
                {
                    shown[row + n / block.Columns, column + n % block.Columns]++;
                }
            },
            workers, block => wanted[block]);
        for (var row = 0; row < 100; row++)
        {
            var (from, to) = wanted[row / 20];
            for (var column = 0; column < 301; column++)
            {
                var isNear = from < to && column > from - 64 && column < to + 64;
                Assert.InRange(shown[row, column], column >= from && column < to ? 1 : 0, isNear ? 1 : 0);
            }
        }
    }

    [Fact]
    public void A_product_over_nothing_is_the_bias()
    {
        var bias = new float[40];
        new RandomStream(4, "bias").FillNormal(bias);
        var shown = 0;
        MatrixProduct.VisitBlocks(new Matrix(5, 0), PackedMatrix.From(new Matrix(0, 40)), bias, 5, 32, (_, column, block, _) =>
        {
            for (var row = 0; row < block.Rows; row++)
            {
                Assert.Equal(bias.AsSpan(column, block.Columns).ToArray(), block.Row(row).ToArray());
                shown += block.Columns;
            }
        });
        Assert.Equal(5 * 40, shown);
    }

    [Fact]
    public void A_visitor_may_multiply_too()
    {
        var left = Samples.Normal(60, 90, 1);
        var encoder = Samples.Normal(200, 90, 2);
        var expected = new Matrix(60, 200);
        MatrixProduct.Multiply(expected, left, encoder, ProductForm.ABt);
        var seen = new Matrix(60, 200);
        MatrixProduct.VisitBlocks(left, PackedMatrix.FromTransposed(encoder), default, 20, 64, (row, column, block, _) =>
        {
            seen.Slice(row, block.Rows, column, block.Columns).CopyFrom(block);
            MatrixProduct.Multiply(new Matrix(30, 30), Samples.Normal(30, 300, 5), Samples.Normal(300, 30, 6));
        });
        Bits.Equal(expected, seen);
    }

    [Fact]
    public void Refilling_equals_packing_anew()
    {
        var packed = PackedMatrix.From(Samples.Normal(70, 50, 1));
        var values = Samples.Normal(70, 50, 2);
        packed.Refill(values);
        var left = Samples.Normal(9, 70, 3);
        var expected = new Matrix(9, 50);
        MatrixProduct.Multiply(expected, left, values);
        MatrixProduct.VisitRowBlocks(left, packed, default, 9, (_, block, _) => Bits.Equal(expected, block));
        Assert.Throws<ArgumentException>(() => packed.Refill(new Matrix(50, 70)));
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var packed = PackedMatrix.From(new Matrix(4, 5));
        Assert.Throws<ArgumentException>(
            "left", () => MatrixProduct.VisitRowBlocks(new Matrix(2, 3), packed, default, 1, (_, _, _) => { }));
        Assert.Throws<ArgumentException>(
            "bias", () => MatrixProduct.VisitRowBlocks(new Matrix(2, 4), packed, new float[4], 1, (_, _, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            MatrixProduct.VisitRowBlocks(new Matrix(2, 4), packed, default, 0, (_, _, _) => { }));
    }
}
