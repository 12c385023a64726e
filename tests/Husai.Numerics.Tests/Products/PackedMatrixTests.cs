using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Products;

[RunsOnEveryTier]
public class PackedMatrixTests
{
    [Fact]
    public void Refilling_part_after_part_equals_packing_anew()
    {
        var packed = PackedMatrix.FromTransposed(Samples.Normal(150, 40, 1));
        var values = Samples.Normal(150, 40, 2);
        for (var column = 0; column < 150; column += 64)
        {
            packed.RefillColumns(values, column, Math.Min(64, 150 - column));
        }

        var left = Samples.Normal(9, 40, 3);
        var expected = new Matrix(9, 150);
        MatrixProduct.Multiply(expected, left, values, ProductForm.ABt);
        MatrixProduct.VisitRowBlocks(left, packed, default, 9, (_, block, _) => Bits.Equal(expected, block));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2048)]
    [InlineData(4200)]
    public void Packed_unit_rows_have_the_bits_of_a_packed_copy(int rows)
    {
        var (left, right) = (Samples.Normal(3, 20, 1), Samples.Normal(rows, 20, 2));
        right.Row(0).Clear();
        var expected = new Matrix(3, rows);
        MatrixProduct.Multiply(expected, left, PackedMatrix.FromTransposed(UnitRows.Of(right)));
        using var workers = new Workers(2);
        foreach (var threads in (Workers?[])[null, workers])
        {
            var actual = new Matrix(3, rows);
            MatrixProduct.Multiply(actual, left, PackedMatrix.FromUnitRows(right, threads));
            Bits.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 113, 127)]
    [InlineData(100, 300, 128)]
    [InlineData(13, 0, 5)]
    public void A_product_with_it_has_the_bits_of_one_with_the_matrix(int rows, int inner, int columns)
    {
        var (left, right) = (Samples.Normal(rows, inner, 1), Samples.Normal(inner, columns, 2));
        var (expected, actual) = (Samples.Normal(rows, columns, 3), Samples.Normal(rows, columns, 3));
        foreach (var accumulate in new[] { true, false })
        {
            MatrixProduct.Multiply(expected, left, right, accumulate: accumulate);
            MatrixProduct.Multiply(actual, left, PackedMatrix.From(right), accumulate);
            Bits.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_product_of_wrong_shapes_or_into_its_own_operand_is_refused()
    {
        var (left, packed) = (new Matrix(4, 6), PackedMatrix.From(new Matrix(6, 6)));
        var error = Assert.Throws<ArgumentException>("left", () => MatrixProduct.Multiply(new Matrix(4, 6), new Matrix(4, 5), packed));
        Assert.Contains("[4, 5]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[6, 6]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("result", () => MatrixProduct.Multiply(new Matrix(4, 5), left, packed));
        Assert.Throws<ArgumentException>("result", () => MatrixProduct.Multiply(left, left, packed));
        Assert.Throws<ArgumentNullException>("right", () => MatrixProduct.Multiply(new Matrix(4, 6), left, (PackedMatrix)null!));
        Assert.Throws<ArgumentNullException>("result", () => MatrixProduct.Multiply(null!, left, packed));
    }

    [Fact]
    public void Columns_that_are_not_whole_panels_are_refused()
    {
        var values = Samples.Normal(150, 40, 1);
        var packed = PackedMatrix.FromTransposed(values);

        Assert.Throws<ArgumentOutOfRangeException>(() => packed.RefillColumns(values, 1, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => packed.RefillColumns(values, 0, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => packed.RefillColumns(values, 128, 32));
        Assert.Throws<ArgumentException>(() => packed.RefillColumns(new Matrix(40, 150), 0, 32));
    }
}
